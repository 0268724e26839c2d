"""The cases: the list at the left, the record at the right."""

"""Log a case, or edit one: the story on the left, the fields that it fills on the right."""

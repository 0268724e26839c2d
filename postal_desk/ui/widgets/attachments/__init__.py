"""Files kept with a record: the panel that any page can show, and what belongs to it."""

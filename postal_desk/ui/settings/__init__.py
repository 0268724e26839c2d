"""Settings: what belongs to this user on this PC, and what belongs to the branch. Everything applies at once."""

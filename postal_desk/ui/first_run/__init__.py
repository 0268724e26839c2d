"""First run: there is no desk yet. Branch, outlets and staff, my name; or a practice desk first."""

"""Logging in: before the desk is open, after it was locked, and when the password is forgotten."""

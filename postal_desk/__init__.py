"""Postal Desk: customer-service cases and the measures applied to them, for county branches of China Post."""

__version__ = "0.1.0"

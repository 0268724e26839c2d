"""The desk's database: SQLAlchemy lives here and nowhere else; nothing mapped leaves this package."""

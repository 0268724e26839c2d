"""Excel and csv ledgers coming in: guard, reading, matching of columns, dry run. Knows no desk and no SQL."""

"""The book as a file: make, check, back up, restore, upgrade, show its history (DAT-03)."""

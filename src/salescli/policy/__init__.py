"""The office's rules and numbers: see them, change them from a day on, see who changed them and why."""

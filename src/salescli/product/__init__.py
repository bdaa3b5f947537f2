"""What the office sells (PRD-01)."""

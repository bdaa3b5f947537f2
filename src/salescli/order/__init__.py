"""Orders, their lines, deliveries and returns (ORD-10, ORD-17)."""

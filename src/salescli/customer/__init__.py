"""Customers and their contacts: one file each (CUS-01)."""

"""Leads and opportunities from first word to order, their owners, and the pool (LED-01..17)."""

"""Complaints and after-sales (SVC-01..07)."""

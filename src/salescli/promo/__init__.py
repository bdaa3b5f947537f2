"""Promotions: plans that run only when approved, and what they take off or add to a document (PRO-01..08)."""

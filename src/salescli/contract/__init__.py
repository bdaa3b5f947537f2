"""Contracts: terms, review, signature, filing, execution (CTR-01..10)."""

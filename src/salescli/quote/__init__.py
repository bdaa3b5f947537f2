"""Quotes: versions, payment plan, approval, negotiation (QUO-01..06)."""

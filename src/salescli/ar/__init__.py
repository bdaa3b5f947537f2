"""Accounts receivable: what customers owe, what they paid, what is late (AR-01, AR-04)."""

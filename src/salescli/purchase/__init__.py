"""Purchasing: suppliers, orders to them, goods received and sent back, what is owed and paid."""

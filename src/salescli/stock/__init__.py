"""Goods on hand: warehouses, movements, balances (STK-02)."""

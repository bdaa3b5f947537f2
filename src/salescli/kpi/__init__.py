"""Measures, rankings, targets (KPI-01, KPI-06)."""

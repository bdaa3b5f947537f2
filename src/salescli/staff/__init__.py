"""The people of the office and who leads whom (ORG-01, ORG-02)."""

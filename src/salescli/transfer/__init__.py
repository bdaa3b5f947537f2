"""Files in and out: import and export (DAT-02)."""

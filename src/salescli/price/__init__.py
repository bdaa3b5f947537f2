"""What a thing costs whom, and who decided it (PRC-01..09)."""

"""What crosses rooms: the day list, the demo office (VIS-09, DAT-07)."""

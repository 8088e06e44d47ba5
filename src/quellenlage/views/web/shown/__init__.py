"""What templates are given: plain values, worded and linked, so that a template decides nothing."""

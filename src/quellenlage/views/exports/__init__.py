"""Files for other programs: the archive as JSON Lines or CSV, one article as stand-off JSON."""

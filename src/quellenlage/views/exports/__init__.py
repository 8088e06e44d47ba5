"""Files for other programs: the archive or a part of it in their formats, one article as stand-off JSON."""

"""Answers and requests of the REST API; records have the fields that the command line has with `--json`."""

"""The REST API: what the pages show and the command line prints, for programs, under `/api/v1`."""

PREFIX = "/api/v1"
"""Where the application is mounted."""

"""The workbench: read, check, decide and export in a browser, from this machine alone."""

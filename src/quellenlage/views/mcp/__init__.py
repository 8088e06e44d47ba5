"""The archive as tools for an assistant: every answer cites, so that nothing has to be invented."""

"""One module for each page or family of pages, each with its `router`."""

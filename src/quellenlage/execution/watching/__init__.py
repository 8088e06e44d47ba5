"""Watching feeds, sitemaps and pages for weeks: what is new is added, built and reported, round by round."""

"""Offices: who held which when, and what the words for one in an article mean."""

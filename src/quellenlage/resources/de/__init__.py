"""Lexica and rules for German."""

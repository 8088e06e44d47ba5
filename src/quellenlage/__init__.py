"""Quellenlage: from German news clippings to a chronicle in which every line opens at its sentence."""

__version__ = "0.1.0"

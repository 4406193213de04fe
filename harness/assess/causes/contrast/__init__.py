"""Contrast: what sets the wrong records of a sync apart from the right ones."""

"""Casts: the people and classes of an edge case, and the changes that happen to them."""

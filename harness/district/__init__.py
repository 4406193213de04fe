"""Clever's side of the truth: what a district's records are, and how a school year changes them."""

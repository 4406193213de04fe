"""Lantern Reader with one mistake each, as vendors really make them, and otherwise correct.

The docstring of a mutant is the excuse its vendor would give. These are the most telling ones:
the checkout has many more, beside the tests that prove by them that every check can fail.
"""

"""Lantern Reader with one mistake each, as vendors really make them, and otherwise correct.

The docstring of a mutant is the excuse its vendor would give. `harness.demo.catalogue` lists them.
"""

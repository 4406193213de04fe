"""Lantern Reader built differently, and rightly so: every variant must come out ready.

The docstring of a variant says what is different. `harness.demo.catalogue` lists them.
"""

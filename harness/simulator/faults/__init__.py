"""Failures injected into answers."""

"""The Data API."""

"""Clever, played over a calendar of rosters. It knows no vendor."""

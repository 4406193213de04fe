"""Bisect: the search for what is behind a breakdown, in small districts of their own."""

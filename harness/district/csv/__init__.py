"""Clever's SFTP files: a district as CSV, read into a Sis and written from a roster."""

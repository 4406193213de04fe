"""What Clever derives from a student information system: what it shares, and its events."""

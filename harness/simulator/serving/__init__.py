"""The simulator behind a port."""

"""The vendor's configuration: `rosterready.toml`."""

"""One module per kind of adapter: how a configured app is driven and read."""

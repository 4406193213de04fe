"""Messages without sockets, and records as Clever writes them."""

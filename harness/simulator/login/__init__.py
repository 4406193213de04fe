"""OAuth, OpenID Connect and the login page."""

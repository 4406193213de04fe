"""What a district shares: cut to scopes, versions and pages, ready to be sent."""

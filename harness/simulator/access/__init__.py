"""Who may ask: apps, scopes, tokens, logins and the rate limit."""

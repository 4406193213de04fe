"""What a Then looks at: pure comparisons of what Clever shared with what the app held."""

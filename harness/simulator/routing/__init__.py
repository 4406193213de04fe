"""From a path to its endpoint, and what endpoints ask of Clever."""

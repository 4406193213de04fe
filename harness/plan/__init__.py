"""The plan: which days are played, what changes on them and what people do, compiled from scenarios."""

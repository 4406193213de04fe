"""The plan, compiled from scenarios: the days played, what changes on them, what people do."""

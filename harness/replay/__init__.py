"""Replay: simulator and adapter through the plan, into a recording."""

"""Clever's data model: the objects of its Data API, their values and ids, and rosters of them."""

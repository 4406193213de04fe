"""Declarations: whether what the vendor says of its app is what the rehearsal observed."""

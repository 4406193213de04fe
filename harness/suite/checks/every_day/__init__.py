"""Everything in every district, compared with what Clever shares on every calm day."""

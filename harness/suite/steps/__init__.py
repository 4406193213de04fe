"""Step definitions: one line each, binding a phrase of `plan/vocabulary.py` to a check."""

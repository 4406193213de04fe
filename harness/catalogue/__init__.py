"""Requirements, questions and edge cases as loaded values."""

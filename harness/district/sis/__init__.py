"""The student information system: what a district holds, and what its people can do to it."""

"""`python -m harness`, for when the command is not on the path."""

from harness.cli import main

main()

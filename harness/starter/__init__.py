"""What a vendor begins with: a configuration, an adapter that holds nothing yet, and a CI job."""

from harness.starter.files import Choice, starting_files
from harness.starter.languages import KINDS, LANGUAGES, SNAPSHOT, WITHOUT_LANGUAGE

__all__ = ["KINDS", "LANGUAGES", "SNAPSHOT", "WITHOUT_LANGUAGE", "Choice", "starting_files"]

"""An app with two mistakes that have nothing to do with each other."""

from __future__ import annotations

from harness.demo.mutants.keeping import HardDelete
from harness.demo.mutants.reading import PrimaryTeacherOnly


class TwoMistakes(PrimaryTeacherOnly):
    """Takes `teacher` for the teachers of a section, and deletes what is no longer shared."""

    store = HardDelete.store

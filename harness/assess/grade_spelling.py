"""Grade spelling: how an app writes Clever's grades.

An app may write a grade in its own way, such as 0 for Kindergarten or Year 4 for grade 3. What can
be read as a grade of Clever's has to be that grade. Everything else is taken for the app's word for
the grade with which most students had it when they were first seen.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from harness.district.data_model.grades import GRADES

_SHORT = {
    "k": "Kindergarten",
    "kg": "Kindergarten",
    "0": "Kindergarten",
    "tk": "TransitionalKindergarten",
    "pk": "PreKindergarten",
    "prek": "PreKindergarten",
    "ps": "Preschool",
    "it": "InfantToddler",
    "pg": "PostGraduate",
    "ug": "Ungraded",
}
_READ: Mapping[str, str] = {
    **{grade.lower(): grade for grade in GRADES if grade != "13"},  # or some PostGraduate's number
    **_SHORT,
}


def read(text: str) -> str:
    """The grade of Clever's that a text says in a usual way, such as `03` or `Grade 3`; or ""."""
    plain = re.sub(r"[\s_.-]+", "", text).lower()
    plain = re.sub(r"^(grade|gr)|(st|nd|rd|th)?(grade)?$", "", plain)
    return _READ.get(plain.lstrip("0") or plain[:1], "") if not text.startswith("-") else ""


class GradeSpelling:
    """One app's words for grades, learned from what it showed of students at first."""

    def __init__(self, seen: Iterable[tuple[str, str]]) -> None:
        """From the grade at Clever, which can be "", and what the app showed of each student."""
        times: dict[str, Counter[str]] = defaultdict(Counter)
        for grade, text in seen:
            if text and not read(text):
                times[grade][text] += 1
        self._words = {grade: texts.most_common(1)[0][0] for grade, texts in times.items()}
        self._grades: dict[str, list[str]] = defaultdict(list)
        for grade, word in self._words.items():
            self._grades[word].append(grade)

    def agrees(self, grade: str, text: str) -> bool:
        """Whether what the app shows is a grade of Clever's; a word never seen before may be."""
        if text == grade or not text:
            return text == grade
        usual = read(text)
        return usual == grade if usual else self._words.get(grade, text) == text

    def at_clever(self, text: str) -> str:
        """What the app shows as Clever writes it, where its word means a single grade."""
        grades = self._grades.get(text, ())
        return read(text) or (grades[0] if len(grades) == 1 else text)

"""Why whole names are wrong: which of their parts the app shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from harness.assess.causes.likely_cause import LikelyCause, part, shaped, user
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.assess.whole_names import normalized, without_blanks
from harness.district.data_model.records import Kind

_NEARLY = 0.8
_SEVERAL = 3
"""So many names at least: fewer may look like a part by chance."""
_Parts = Mapping[str, str]


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


_WAYS: Mapping[str, Callable[[_Parts], str]] = {
    "the last name only": lambda name: name["last"],
    "the first name only": lambda name: name["first"],
    "the first and the middle name only": lambda name: _joined(name["first"], name["middle"]),
    "the middle and the last name only": lambda name: _joined(name["middle"], name["last"]),
    "the middle name only": lambda name: name["middle"],
    "the first name and the initial of the last": lambda name: _joined(
        name["first"], name["last"][:1]
    ),
    "the initial of the first name and the last": lambda name: _joined(
        name["first"][:1], name["last"]
    ),
}
"""What an app shows of a name, in words → as text."""


def name_in_part(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all wrong names of users are the same part of the right one."""
    wrong = [f for f in shaped(findings, FindingKind.FIELD, kind=Kind.USERS) if f.field == "name"]
    known = [(finding, _parts(index, finding)) for finding in wrong if finding.found]
    for words, write in _WAYS.items():
        behind = [finding for finding, name in known if _is_written(write, finding, name)]
        if len(behind) >= _SEVERAL and len(behind) >= _NEARLY * len(wrong):
            yield LikelyCause(
                "part-of-name",
                f"Your app shows {words} of {part(len(behind), len(wrong))} users whose name is "
                f"wrong: {behind[0].found} for {behind[0].expected}.",
                "Show `name.first` and `name.last` of every user, whole; the middle name may be "
                "left out.",
                behind,
            )
            return


def _is_written(write: Callable[[_Parts], str], finding: Finding, name: _Parts) -> bool:
    text = write(name)
    return bool(text) and without_blanks(finding.found).replace(".", "") == text.replace(".", "")


def _parts(index: RecordingIndex, finding: Finding) -> _Parts:
    record = user(index, finding)
    name: Mapping[str, object] = {**record["name"]} if record else {}
    return {key: normalized(str(name.get(key) or "")) for key in ("first", "middle", "last")}

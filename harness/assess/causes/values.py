"""Why values are wrong: which part of what Clever says the app reads."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, cast

from harness.assess.causes import optional_values
from harness.assess.causes.changed_alone import changed_alone
from harness.assess.causes.clearing import unemptied
from harness.assess.causes.dropped_values import dropped
from harness.assess.causes.likely_cause import LikelyCause, Rule, shaped, shared
from harness.assess.causes.links import link_ended, link_unread
from harness.assess.causes.members import Sides, findings_of, sides
from harness.assess.causes.names import name_in_part
from harness.assess.causes.relationships import other_relationships
from harness.assess.causes.unchanged_lists import taken_unchanged
from harness.assess.causes.updates import stale, taken
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import NotReachedError, RecordingIndex
from harness.assess.written_values import was_right
from harness.contract.snapshot import HeldUser
from harness.district.data_model.records import Kind
from harness.prose import counted

_NEARLY = 0.8
_NO_CHANCE = 30
"""So many characters that are the beginning of a longer text are cut, even of one alone."""


def without_tags(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Addresses lose what stands between a plus sign and the @."""
    wrong = [
        f for f in shaped(findings, FindingKind.FIELD) if "+" in f.expected and "@" in f.expected
    ]
    if behind := [f for f in wrong if f.found == re.sub(r"\+[^@]*", "", f.expected)]:
        yield LikelyCause(
            "removes-tags",
            "Your app removes the tag after a plus sign from e-mail addresses.",
            "Store addresses as Clever sends them; with and without a tag they are two addresses.",
            behind,
        )


def unrelated(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Some contacts lack all students or some, though others belong to their students."""
    lists = [
        listing
        for listing in sides(index, shaped(findings, FindingKind.STUDENT_RELATIONSHIP))
        if listing.missing and not listing.left_over
    ]
    behind = findings_of(lists)
    if any(f.found == "nobody's contact" for f in behind) and _others_belong(index, behind[0]):
        what = "a student" if any(listing.held for listing in lists) else "all students"
        yield LikelyCause(
            "relationships-skipped",
            f"Some contacts lack {what} in your app, while others do not: it skips some "
            f"relationships.{_which(index, lists)}",
            "Store every entry of `student_relationships`, however many contacts a student has and "
            "whatever `relationship` says.",
            behind,
        )


def _which(index: RecordingIndex, lists: Sequence[Sides]) -> str:
    """That all which are skipped say nothing of what the contact is, and hardly any others."""
    skipped, others = 0, 0
    for listing in lists:
        user = cast(Any, shared(index, listing.finding) or {})
        contact = (user.get("roles") or {}).get("contact") or {}
        for tie in contact.get("student_relationships") or ():
            if tie["student"] in listing.missing:
                if tie["relationship"]:
                    return ""
                skipped += 1
            elif not tie["relationship"]:
                others += 1
    return "" if others else f" All {skipped} that it lacks have an empty `relationship`."


def _others_belong(index: RecordingIndex, finding: Finding) -> bool:
    try:
        held = index.holdings(finding.district, finding.day).snapshot.users
    except NotReachedError:
        return False
    return any(row.student_relationships for row in held)


def truncated(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Every wrong value is the beginning of the right one, or its first or last name is."""
    cut = {f: _lengths_cut(index, f) for f in shaped(findings, FindingKind.FIELD)}
    behind = [f for f, lengths in cut.items() if lengths]
    longest = max((max(cut[f]) for f in behind), default=0)
    sign = _cut_at(index, behind)
    if len(behind) > 1 and sign:
        yield LikelyCause(
            "cut-short",
            f"Names and other values end in your app where Clever's have the character “{sign}”.",
            "Store each value as Clever sends it, whatever characters it has.",
            behind,
        )
    elif (len(behind) > 1 or longest >= _NO_CHANCE) and not _shows_longer(index, behind, longest):
        addresses = all(f.field == "email" for f in behind)
        yield LikelyCause(
            "cut-short",
            f"{'E-mail addresses' if addresses else 'Names and other values'} are truncated to "
            f"{longest} characters or fewer.",
            "Store text without a limit, or allow at least 255 characters."
            + (" The beginning of an address is another address." if addresses else ""),
            behind,
        )


def _cut_at(index: RecordingIndex, behind: Sequence[Finding]) -> str:
    """The sign, neither a letter nor a digit, at which every text is cut; or ""."""
    pairs = [pair for finding in behind for pair in _texts(index, finding)]
    signs = {wanted[len(held)] for wanted, held in pairs if wanted != held}
    sign = signs.pop() if len(signs) == 1 else ""
    return "" if sign.isalnum() or sign.isspace() else sign


def _shows_longer(index: RecordingIndex, behind: Sequence[Finding], longest: int) -> bool:
    """Whether the app shows last names in full, on the same days, that are longer than that."""
    if any(f.field != "name" or f.kind != Kind.USERS for f in behind):
        return False
    for district, day in {(f.district, f.day) for f in behind}:
        held = index.holdings(district, day)
        for clever_id, user in index.roster(district, day).users.items():
            row, last = held.active(Kind.USERS, clever_id), user["name"].get("last") or ""
            if isinstance(row, HeldUser) and len(last) > longest and row.last_name == last:
                return True
    return False


def _lengths_cut(index: RecordingIndex, finding: Finding) -> list[int]:
    """How long the texts of a finding are that were cut, if it holds nothing else that is wrong."""
    pairs = [(wanted, held) for wanted, held in _texts(index, finding) if wanted != held]
    if all(len(held) > 1 and wanted.startswith(held) for wanted, held in pairs):
        return [len(held) for _, held in pairs]
    return []


def _texts(index: RecordingIndex, finding: Finding) -> list[tuple[str, str]]:
    """What Clever shares and the app has: of a name that the app keeps in two, each part."""
    record, row = shared(index, finding), None
    if finding.kind == Kind.USERS:
        row = index.holdings(finding.district, finding.day).active(Kind.USERS, finding.clever_id)
    if finding.field == "name" and record and isinstance(row, HeldUser) and row.last_name:
        wanted = cast(Any, record)["name"]
        return [
            (wanted.get("first") or "", row.first_name or ""),
            (wanted.get("last") or "", row.last_name),
        ]
    return [(finding.expected, finding.found)]


def corrected(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """What is not up to date differs from Clever's value in capitals, accents or signs alone."""
    behind = [f for f in shaped(findings, FindingKind.FIELD) if was_right(index, f)]
    if behind and all(f.found and _is_spelled_otherwise(f.expected, f.found) for f in behind):
        yield LikelyCause(
            "corrections-ignored",
            f"Your app keeps {counted(len(behind), 'value')} as Clever shared "
            f"{'it' if len(behind) == 1 else 'them'} before, where only capitals, accents or signs "
            f"are corrected, such as {behind[0].found} for {behind[0].expected}.",
            "Compare texts character by character when you look for what has changed, or write "
            "them in every sync.",
            behind,
        )


def spelling(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Values have the right letters but for some characters: accents, markup, entities."""
    wrong = [f for f in shaped(findings, FindingKind.FIELD) if f.field in ("name", "email")]
    if latin := [f for f in wrong if _read_as_latin(f.expected, f.found)]:
        yield LikelyCause(
            "changes-characters",
            f"Your app reads UTF-8 as Latin-1: {counted(len(latin), 'value')} such as "
            f"{latin[0].expected} became {latin[0].found}.",
            "Decode Clever's answers, and the texts in your database, as UTF-8.",
            latin,
        )
    wrong = [f for f in wrong if f not in latin]
    behind = [f for f in wrong if f.found and _is_spelled_otherwise(f.expected, f.found)]
    if behind:
        yield LikelyCause(
            "changes-characters",
            f"Your app changes characters in {len(behind)} values, such as "
            f"{behind[0].expected} to {behind[0].found}.",
            "Store text as Clever sends it, in Unicode; escape it only where it is shown.",
            behind,
        )


def latin_alone(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Nearly all names that are wrong have their ASCII letters, and none of the others."""
    wrong = [f for f in shaped(findings, FindingKind.FIELD) if f.field == "name"]
    behind = [
        f
        for f in wrong
        if not f.expected.isascii()
        and f.found.isascii()
        and _letters_of(f.expected) == _letters_of(f.found)
    ]
    empty = [f for f in behind if not f.found]
    plain = [f for f in behind if f.found]
    if empty and len(plain) > 1 and len(behind) >= _NEARLY * len(wrong):
        yield LikelyCause(
            "changes-characters",
            f"Your app keeps nothing but ASCII letters of {len(behind)} names, such as "
            f"{plain[0].found} of {plain[0].expected}; of {len(empty)} nothing is left, such as "
            f"{empty[0].expected}.",
            "Store text as Clever sends it, in Unicode; escape it only where it is shown.",
            behind,
        )


def _read_as_latin(text: str, shown: str) -> bool:
    """Whether a text was encoded as UTF-8 and decoded as one of the old western code pages."""
    if text.isascii():
        return False
    return shown in (text.encode().decode(page, errors="replace") for page in ("latin-1", "cp1252"))


def _is_spelled_otherwise(text: str, shown: str) -> bool:
    """Whether a text has the same letters with other accents or markup, and no words fewer."""
    fewer = set(shown.split()) < set(text.split())
    alike = _letters_of(text) == _letters_of(shown) or _letters_replaced(text, shown)
    return alike and not fewer


def _letters_replaced(text: str, shown: str) -> bool:
    """Whether Latin letters with no ASCII one below an accent, such as ø, became one or two."""
    every = [c for c in unicodedata.normalize("NFD", text.casefold()) if c.isalnum()]
    others = [letter for letter in every if not letter.isascii()]
    if not all(unicodedata.name(letter, "").startswith("LATIN ") for letter in others):
        return False
    pattern = "".join(c if c.isascii() else "[a-z]{1,2}" for c in every)
    return re.fullmatch(pattern, _letters_of(shown)) is not None


def _letters_of(text: str) -> str:
    plain = re.sub(r"<[^>]*>", "", html.unescape(text))
    plain = unicodedata.normalize("NFD", plain)
    return "".join(letter for letter in plain if letter.isalnum() and letter.isascii()).casefold()


def relationships_unread(
    index: RecordingIndex, findings: Sequence[Finding]
) -> Iterator[LikelyCause]:
    """Contacts are nobody's, on every day that is known of them."""
    of_kind = shaped(findings, FindingKind.STUDENT_RELATIONSHIP)
    behind = [finding for finding in of_kind if finding.found == "nobody's contact"]
    if not behind:
        return
    later = [finding for finding in behind if _has_a_student(index, finding)]
    number = f"{counted(len(behind), 'contact')} {'has' if len(behind) == 1 else 'have'}"
    if len(later) < len(behind) / 2:
        yield LikelyCause(
            "relationships-not-read",
            f"{number} no student in your app: it does not read their relationships.",
            "Read `student_relationships` of the contact role.",
            behind,
        )
    else:
        yield LikelyCause(
            "relationships-late",
            f"{number} no student in your app on the day the relationship is shared; "
            f"{len(later)} of them have one on another day.",
            "Apply relationships in the sync that brings them, and show them from that day on.",
            behind,
        )


def _has_a_student(index: RecordingIndex, finding: Finding) -> bool:
    """Whether the app has a student of a contact on another day."""
    for day in index.days_of(finding.district):
        try:
            row = index.holdings(finding.district, day).active(Kind.USERS, finding.clever_id)
        except NotReachedError:
            continue
        if isinstance(row, HeldUser) and day != finding.day and row.student_relationships:
            return True
    return False


VALUES: tuple[Rule, ...] = (
    without_tags,
    link_ended,
    link_unread,
    unemptied,
    name_in_part,
    taken,
    optional_values.kept_from_before,
    corrected,
    changed_alone,
    stale,
    latin_alone,
    dropped,
    optional_values.shifted,
    truncated,
    spelling,
    taken_unchanged,
    unrelated,
    relationships_unread,
    other_relationships,
    optional_values.other_values,
)

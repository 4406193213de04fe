"""One cause for all names of which an app keeps the ASCII letters alone."""

from __future__ import annotations

from functools import cache

from rehearsing import recorded

from harness.assess.causes.values import latin_alone, spelling
from harness.assess.findings import Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.records import Kind
from harness.plan.plan import COMMON, Day

ACCENTS = {"José Núñez": "Jose Nunez", "Zoë Ångström": "Zoe Angstrom", "Sky 🌈 Lane": "Sky Lane"}


@cache
def index() -> RecordingIndex:
    return RecordingIndex(recorded("demo"))


def wrong(names: dict[str, str]) -> list[Finding]:
    return [
        Finding(
            check="standing/whatever",
            day=Day.FIRST_SHARE,
            district=COMMON,
            finding_kind=FindingKind.FIELD,
            kind=Kind.USERS,
            clever_id=name,
            name=name,
            sentence=f"Clever's name is {name}, your app says {held}.",
            field="name",
            expected=name,
            found=held,
        )
        for name, held in names.items()
    ]


def test_names_that_lose_accents_and_names_that_lose_everything_are_one_matter() -> None:
    findings = wrong({**ACCENTS, "小明 王": "", "مريم حداد": ""})

    [cause] = latin_alone(index(), findings)

    assert cause.id == "changes-characters"
    assert cause.behind == findings
    assert "Jose Nunez of José Núñez; of 2 nothing is left, such as 小明 王." in cause.sentence


def test_names_that_are_not_there_at_all_are_another_matter() -> None:
    assert not list(latin_alone(index(), wrong({"小明 王": "", "مريم حداد": ""})))
    assert not list(latin_alone(index(), wrong({**ACCENTS, "Ann Lee": "", "Bo Ek": ""})))


def test_letters_with_strokes_that_become_ascii_ones_are_changed_characters() -> None:
    replaced = wrong({"Ricky Østergaard": "Ricky Ostergaard", "Łucja Þórsson": "Lucja Thorsson"})

    [cause] = spelling(index(), replaced)

    assert cause.id == "changes-characters"
    assert cause.behind == replaced
    others = {"Ricky Østergaard": "Ricky Guard", "小明 Wu": "Ann Wu", "Kim Berg": "Kim Borg"}
    assert not list(spelling(index(), wrong(others)))

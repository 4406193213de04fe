"""The doctor says of each mistake what was tried, what came and what to do; a right app is well."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from cli.running import Ran, rosterready
from cli.test_broken_adapters import IN_PROCESS, PROGRAMS

from harness.cli import run
from harness.contract.profile import HOLDABLE

Consult = Callable[..., Ran]


@pytest.fixture
def consult(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Consult:
    """Consults the doctor in this process, in an empty folder, at eighty columns."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def consulted(adapter: str, more: str = "") -> Ran:
        text = f"[adapter]\nspec = '{adapter}'\n[profile]\napp = 'Abacus'\n{more}"
        (tmp_path / "rosterready.toml").write_text(text)
        return Ran(run(["doctor"]), *capsys.readouterr())

    return consulted


def words(text: str) -> str:
    """The text as it reads, however it was wrapped."""
    return " ".join(text.split())


@pytest.mark.parametrize("name", ["Right", "Minimal", "Approved", "Warns", "ByTheCalendar"])
def test_a_right_app_is_well(consult: Consult, name: str) -> None:
    ran = consult(f"python:doctor.patients:{name}")

    assert ran.code == 0, ran.out
    assert "wrong" not in ran.out
    assert ran.last_line.startswith("DOCTOR=WELL EXIT=0 WRONG=0 ")


MISTAKES = {
    "Homesick": ("app to Clever: the app asked the simulated Clever for nothing", "`accounts`"),
    "Unauthorized": ("GET /v3.1/users was answered 401", "oauth/tokens?owner_type=district"),
    "OwnNumbers": ("sections.students: 12 values that no record", "Return Clever IDs there"),
    "NewIds": ("differs from the one right before it: 29 rows of users", "no new IDs"),
    "EveryDistrict": ("before its first sync the district has 1 users", "`connection.district`"),
    "NoRoles": ("there are users without roles", "Return `roles`"),
    "NoContacts": ("contacts 6 6 0", "[profile.not_held] contacts"),
    "NoEmail": ("users.email: no row shows the e-mail", "[profile.not_held] users.email"),
    "OwnMembers": (
        'edit create-group: "Doctor\'s group" has other members',
        "Return the Clever IDs of its members",
    ),
    "TeachersById": (
        "6 classes with several teachers Clever's primary teacher is not the first",
        "[profile.not_held] sections.primary_teacher",
    ),
    "Twice": ("users: 29 Clever IDs have more than one row", "[profile.rows] users"),
    "Misspelt": ("users[0] has the unknown key 'mail'; did you mean", "and 28 more like it"),
    "AsksClever": ("the app asked Clever meanwhile: /v3.1/users", "never from Clever"),
    "Holds": ("sync: ended as held", "capability approve"),
    "LosesWork": ("the work is not in `progress`", "`account` is the `app_id`"),
    "LosesAccounts": ("account nobody is not in `local_users`", "with this ID"),
    "LosesGroups": ('"Doctor\'s group" is not in `local_groups`', "under the `name`"),
    "Forgets": ("came back with something else", "Keep everything"),
}
"""Mistake → what came, and what to do about it."""


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_what_to_do(consult: Consult, name: str) -> None:
    ran = consult(f"python:doctor.patients:{name}")

    assert ran.code == 2, ran.out
    came, do = MISTAKES[name]
    assert came in words(ran.out), ran.out
    assert do in words(ran.out), ran.out
    assert ran.last_line.startswith("DOCTOR=WRONG EXIT=2 ")


def test_all_that_is_wrong_with_a_snapshot_comes_at_once(consult: Consult) -> None:
    out = words(consult("python:doctor.patients:Misspelt").out)

    assert "the answer does not fit its schema: 4 problems" in out
    assert "sections[0] has the unknown key 'id'" in out
    assert "sections[0] lacks clever_id" in out
    assert "users[0].app_id is 7, expected text" in out


def test_a_declaration_that_the_snapshot_contradicts_is_wrong(consult: Consult) -> None:
    declared = '[profile.not_held]\ncontacts = "Not used."\ncourses = "Not used."\n'
    ran = consult("python:doctor.patients:NoContacts", declared)

    assert "[profile.not_held] courses says" in words(ran.out)
    assert "[profile.not_held] contacts says" not in words(ran.out)


def test_what_is_declared_is_not_missed(consult: Consult) -> None:
    ran = consult(
        "python:doctor.patients:NoContacts", '[profile.not_held]\ncontacts = "Not used."\n'
    )

    assert ran.code == 0, ran.out


@pytest.mark.parametrize("table", ["accounts]\nteachers = 'at-login'", "not_held]\nteachers = 'x'"])
def test_who_has_no_account_is_in_no_section(consult: Consult, table: str) -> None:
    ran = consult("python:doctor.patients:WithoutTeachers", f"[profile.{table}\n")

    assert ran.code == 0, ran.out


def test_an_app_can_declare_that_it_does_not_know_the_primary_teacher(consult: Consult) -> None:
    declared = '[profile.not_held]\n"sections.primary_teacher" = "All teachers are equal."\n'
    ran = consult("python:doctor.patients:TeachersById", declared)

    assert ran.code == 0, ran.out


def test_rows_that_are_declared_are_no_mistake(consult: Consult) -> None:
    ran = consult("python:doctor.patients:Twice", '[profile.rows]\nusers = "per-role"\n')

    assert ran.code == 0, ran.out


def test_values_that_nobody_in_the_app_has_are_not_missed(consult: Consult) -> None:
    everybody = consult("python:doctor.patients:Minimal")
    for name, role in (("StaffAlone", "staff"), ("OfficeAlone", "district_admins")):
        others = [key for key in HOLDABLE if "." not in key and key not in ("schools", role)]
        declared = "\n".join(f'{key} = "It is for others."' for key in others)

        alone = consult(f"python:doctor.patients:{name}", f"[profile.not_held]\n{declared}")

        assert "optional values" not in alone.out
        assert "WRONG=0" in alone.last_line, alone.out
    assert "no row shows the grades of students" in words(everybody.out)


def test_a_time_out_that_will_be_too_short_is_noted(consult: Consult) -> None:
    ran = consult("python:doctor.patients:Slow", "[timeouts]\nsync = 8\n")

    assert ran.code == 0
    assert "a rehearsal has 35 times as many people" in words(ran.out)


OF_THE_GATE = (
    *("ExitsWhenMade", "DeclaresNonsense", "LacksSync"),
    *("SyncsIntoNothing", "CannotBeRead", "HoldsItself"),
)
SOON = "[timeouts]\nconnect = 2\n"


def _seldom(name: str) -> object:
    """A case that the gate can do without."""
    marks = [] if name in OF_THE_GATE else [pytest.mark.slow, pytest.mark.exhaustive]
    return pytest.param(name, marks=marks)


@pytest.mark.parametrize("name", [_seldom(name) for name in IN_PROCESS])
def test_what_certify_cannot_drive_is_wrong_for_the_doctor(consult: Consult, name: str) -> None:
    ran = consult(f"python:cli.broken:{name}", SOON)

    assert ran.code == 2
    assert IN_PROCESS[name] in words(ran.out)
    assert ran.last_line.startswith("DOCTOR=WRONG EXIT=2 ")
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("name", [_seldom(name) for name in PROGRAMS])
def test_a_program_that_certify_cannot_drive_is_wrong_for_the_doctor(
    consult: Consult, tmp_path: Path, name: str
) -> None:
    source, said = PROGRAMS[name]
    (tmp_path / "adapter.py").write_text(source)

    ran = consult("command:python3 adapter.py", SOON)

    assert ran.code == 2
    assert said in words(ran.out)
    assert "Traceback" not in ran.err


def test_the_whole_log_of_a_program_that_does_not_start_is_shown(
    consult: Consult, tmp_path: Path
) -> None:
    lines = "".join(f"print('line {number}', file=sys.stderr)\n" for number in range(100))
    (tmp_path / "adapter.py").write_text(f"import sys\n{lines}sys.exit('no database')")

    ran = consult("command:python3 adapter.py")

    assert ran.code == 2
    assert "line 0\n" in ran.out
    assert "line 99\n" in ran.out
    assert "no database" in ran.out


def test_a_configuration_that_cannot_be_read_is_a_diagnosis(
    consult: Consult, tmp_path: Path
) -> None:
    ran = consult("demo", "colour = 'red'\n")

    assert ran.code == 2
    assert ran.out.startswith("wrong  configuration: rosterready.toml:5 at profile.colour")


@pytest.mark.slow
def test_an_app_that_ends_the_process_is_not_well(tmp_path: Path) -> None:
    ran = rosterready(tmp_path, "doctor", "--adapter", "python:cli.broken:LeavesOnSnapshot")

    assert ran.code == 2
    assert "its process exited with 0" in ran.first_error
    assert ran.last_line == "DOCTOR=NONE EXIT=2"

"""`rosterready.toml` is read strictly: a wrong key or value says where and what is expected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from harness.config.config import Config, Endpoint, load_config
from harness.contract.account_rules import AccountRule
from harness.contract.former_names import FormerNameWarning
from harness.contract.profile import Profile
from harness.contract.sync import Mode
from harness.contract.timeouts import Timeouts
from harness.contract.waivers import Attestation, Waiver
from harness.errors import DocumentError

FULL = """
[adapter]
spec = "python:rehearsal:Adapter"
directory = "../app"

[adapter.options]
database = "app.db"
level = 3

[timeouts]
sync = 90
snapshot = 2.5

[simulator]
port = 8931
client_id = "fixed-client"
client_secret = "fixed-secret"

[profile]
app = "Abacus"
company = "Example Learning"
version = "4.2"
modes = ["full", "events"]

[profile.not_held]
terms = "we have no terms"
"users.email" = "we ask for no address"

[profile.accounts]
staff = "at-login"
students = ["with-class", "with-email"]

[profile.form]
contact = "Kim"
rollover = {text = "We ask.", fingerprint = "ba9876543210"}

[profile.answers]
rollover = "We archive \\"old\\" classes."
setup-steps = { text = "Ask us.", fingerprint = "0123456789ab" }

[profile.declares]
add-role = "not-possible"
matching-students = ["number", "email"]

[[waiver]]
check = "moving/maya"
reason = "in 4.3"
owner = "Kim"
expires = 2031-03-01

[[waiver]]
check = "moving/leo"
reason = "in 4.4"
owner = "Kim"
expires = "2031-04-01"

[[attestation]]
requirement = "R9"
statement = "We never write to Clever."
by = "Kim"
on = "2031-01-05"

[run]
seed = 77
pace = 90
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "app").mkdir()
    (tmp_path / "rehearsal").mkdir()
    return tmp_path / "rehearsal" / "rosterready.toml"


def test_every_key_is_read(file: Path, tmp_path: Path) -> None:
    file.write_text(FULL)

    assert load_config(file) == Config(
        directory=(tmp_path / "app").resolve(),
        file=str(file),
        adapter="python:rehearsal:Adapter",
        options={"database": "app.db", "level": "3"},
        timeouts=Timeouts(sync=90, snapshot=2.5),
        simulator=Endpoint(port=8931, client_id="fixed-client", client_secret="fixed-secret"),
        profile=Profile(
            app="Abacus",
            company="Example Learning",
            version="4.2",
            modes=(Mode.FULL, Mode.EVENTS),
            not_held={"terms": "we have no terms", "users.email": "we ask for no address"},
            accounts={
                "staff": (AccountRule.AT_LOGIN,),
                "students": (AccountRule.WITH_CLASS, AccountRule.WITH_EMAIL),
            },
            answers={"rollover": 'We archive "old" classes.', "setup-steps": "Ask us."},
            fingerprints={"setup-steps": "0123456789ab"},
            form={"contact": "Kim", "rollover": "We ask."},
            form_fingerprints={"rollover": "ba9876543210"},
            declares={"add-role": ("not-possible",), "matching-students": ("number", "email")},
        ),
        waivers=(
            Waiver(check="moving/maya", reason="in 4.3", owner="Kim", expires=date(2031, 3, 1)),
            Waiver(check="moving/leo", reason="in 4.4", owner="Kim", expires=date(2031, 4, 1)),
        ),
        attestations=(
            Attestation(
                requirement="R9",
                statement="We never write to Clever.",
                by="Kim",
                on=date(2031, 1, 5),
            ),
        ),
        seed=77,
        pace=90,
    )


def test_an_empty_file_is_the_default_configuration(file: Path) -> None:
    file.write_text("")

    assert replace(load_config(file), file="") == Config.default(file.parent.resolve())
    assert Config.default(file.parent).adapter == ""


def test_the_secret_does_not_show(file: Path) -> None:
    file.write_text(FULL)

    assert "fixed-secret" not in repr(load_config(file))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[adaptor]\nspec = "demo"', ':1 at adaptor: unknown key; did you mean "adapter"?'),
        ('[adapter]\nspeck = "demo"', ':2 at adapter.speck: unknown key; did you mean "spec"?'),
        ('[adapter]\ndirectory = "nowhere"', ":2 at adapter.directory: no such folder"),
        ("[timeouts]\nsnyc = 3", ':2 at timeouts.snyc: unknown key; did you mean "sync"?'),
        (
            "[timeouts]\nsync = 0",
            ":2 at timeouts.sync: expected a number of seconds greater than 0",
        ),
        ('[timeouts]\nsync = "1 h"', ':2 at timeouts.sync: expected a number, found "1 h"'),
        ("[simulator]\nport = 70000", ":2 at simulator.port: 70000 is not a port"),
        ('[profile]\nmodes = ["ful"]', ':2 at profile.modes: "ful" is not an update mode'),
        ("[profile]\nmodes = []", ":2 at profile.modes: expected at least one of full"),
        (
            '[profile.not_held]\nterm = "none"',
            ":2 at profile.not_held.term: unknown data type in [profile.not_held]; did you mean",
        ),
        ('[profile.not_held]\nterms = ""', ":2 at profile.not_held.terms: expected a text"),
        (
            '[profile.rows]\nschools = "per-role"',
            ":2 at profile.rows.schools: unknown kind of record in [profile.rows]",
        ),
        (
            '[profile.rows]\nsections = "per-role"',
            ':2 at profile.rows.sections: "per-role" is not "per-school" or "per-teacher"',
        ),
        (
            '[profile.accounts]\nparents = "at-login"',
            ":2 at profile.accounts.parents: unknown role in [profile.accounts]",
        ),
        (
            '[profile.accounts]\nstaff = "with-class"',
            ':2 at profile.accounts.staff: "with-class" is not at-login or with-email',
        ),
        (
            '[profile.accounts]\nstudents = ["at-login", "with-class"]',
            ':2 at profile.accounts.students: "at-login" stands alone',
        ),
        (
            '[profile.not_held]\nteachers = "none"\n[profile.accounts]\nteachers = "at-login"',
            ":4 at profile.accounts.teachers: [profile.accounts] teachers contradicts "
            "[profile.not_held] teachers in line 2; keep one of them",
        ),
        (
            '[profile.not_held]\nprogress = "none"\n[profile.declares]\nkeeps-progress = "yes"',
            ':4 at profile.declares.keeps-progress: [profile.declares] keeps-progress = "yes" '
            "contradicts [profile.not_held] progress in line 2",
        ),
        (
            '[profile.archiving]\nafter_days = 7\n[profile.declares]\narchives = "no"',
            ':4 at profile.declares.archives: [profile.declares] archives = "no" contradicts '
            "[profile.archiving] in line 1",
        ),
        (
            "[profile.archiving]\nafter_absences = 1",
            ":1 at profile.archiving: after_absences is 1, expected 2 to 10",
        ),
        (
            "[profile.archiving]\nafter_absences = 2\nafter_days = 7",
            ":1 at profile.archiving: expected either after_absences or after_days",
        ),
        (
            '[profile.declares]\nadd-rolle = "persists"',
            ":2 at profile.declares.add-rolle: unknown declaration in [profile.declares]; did",
        ),
        (
            '[profile.declares]\nadd-role = "forever"',
            ':2 at profile.declares.add-role: "forever" cannot be declared, expected persists or',
        ),
        (
            '[profile.declares]\nadd-role = ["persists", "overwritten"]',
            ":2 at profile.declares.add-role: found 2 values, expected one of",
        ),
        (
            '[profile.declares]\nmatching-students = ["email", "none"]',
            ":2 at profile.declares.matching-students: found 2 values",
        ),
        ('[[waiver]]\ncheck = "a/b"', 'waiver[0]: the key "reason" is missing'),
        ('[[waiver]]\nchek = "a/b"', 'waiver[0].chek: unknown key; did you mean "check"?'),
        (
            '[[waiver]]\ncheck="a"\nreason="b"\nowner="c"\nexpires="soon"',
            ':5 at waiver[0].expires: "soon" is not a date; expected one like 2031-03-01',
        ),
        ('[[attestation]]\nrequirement = "R9"', 'attestation[0]: the key "statement" is missing'),
        ("[run]\nseed = 1.5", ":2 at run.seed: expected a whole number, found 1.5"),
        ("[run]\npace = -1", ":2 at run.pace: expected a number of seconds from 0 to"),
        ("[run\n", "not TOML"),
    ],
)
def test_what_is_wrong_is_named_with_file_line_and_key(file: Path, text: str, said: str) -> None:
    file.write_text(text)

    with pytest.raises(DocumentError) as caught:
        load_config(file)

    assert caught.value.message.startswith(str(file))
    assert said in caught.value.message


def test_a_missing_file_is_named(file: Path) -> None:
    with pytest.raises(DocumentError, match="cannot be read"):
        load_config(file)


def test_a_former_key_is_still_read_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "rosterready.toml"
    path.write_text('[profile.not_held]\n"users.guardians" = "No parents."\n')

    with pytest.warns(FormerNameWarning, match="`users.guardians`"):
        profile = load_config(path).profile

    assert profile is not None
    assert not profile.holds("users.student_relationships")

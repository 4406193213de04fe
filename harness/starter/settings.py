"""Settings: a `rosterready.toml` in which every key there is stands, with what it means."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

from harness.catalogue.form import FormField
from harness.catalogue.questions import Question
from harness.contract.account_rules import ACCOUNT_HOLDERS, AccountRule, misruled
from harness.contract.declarations import DECLARATIONS
from harness.contract.profile import HOLDABLE
from harness.contract.rows import ROWS, WORDS
from harness.contract.timeouts import Timeouts
from harness.prose import capitalized, joined
from harness.starter import database

WIDTH = 96


def settings(
    app: str,
    adapter: Mapping[str, str],
    questions: Sequence[Question],
    form: Sequence[FormField],
) -> str:
    """The text of the file. What is not set is a comment: `# key = value`."""
    by_queries = adapter["spec"] == database.SPEC
    parts = (
        [*_adapter(app, adapter), *(_database() if by_queries else ()), *_served()],
        _profile(app),
        _not_held(),
        _rows(),
        _accounts(),
        _declares(),
        _answers(questions),
        _form(form),
        _vouched(),
    )
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _adapter(app: str, adapter: Mapping[str, str]) -> Iterator[str]:
    yield from _note(
        f"What rosterready knows of {app}. `rosterready docs guide` has the details. Lines that "
        "begin with # and a key show what can be set: remove the # to set it."
    )
    yield ""
    yield "[adapter]"
    if adapter["spec"] == database.SPEC:
        yield from _note(database.ABOUT)
    yield from (f"{key} = {_text(value)}" for key, value in adapter.items())
    if "start" not in adapter:
        yield from _note(
            "For an app that the rehearsal starts itself: the command, a URL or a command that "
            "tells that it can be used, and a command that ends it."
        )
        yield '# start = "node server.js"'
        yield '# ready = "http://127.0.0.1:9000/"'
        yield '# stop = "node stop.js"'
    yield from _note("Where commands run and modules are found.")
    yield '# directory = "."'
    yield ""


def _database() -> Iterator[str]:
    """How an app is driven and read that has no adapter of its own."""
    yield from _note(database.ABOUT_CALLS)
    yield "[adapter.calls]"
    yield f"sync = {_text(database.SYNC)}"
    yield ""
    yield from _note(database.ABOUT_QUERIES)
    yield "[adapter.queries]"
    for key, columns, query in database.queries():
        yield from _note(columns)
        yield f"{_key(key)} = {_text(query)}" if query else f'# {_key(key)} = "SELECT ..."'
    yield ""


def _served() -> Iterator[str]:
    """How long calls may take, and where the simulated Clever is."""
    yield from _note("Seconds for a whole call; `act` is for everything that people do.")
    yield "[timeouts]"
    yield from (
        f"# {field.name} = {getattr(Timeouts(), field.name):g}" for field in fields(Timeouts)
    )
    yield ""
    yield from _note(
        "The simulated Clever, for an app that reads its address and credentials when it starts. "
        "By default all of them are other ones each time."
    )
    yield "[simulator]"
    yield '# host = "127.0.0.1"'
    yield "# port = 8100"
    yield '# client_id = "..."'
    yield '# client_secret = "..."'
    yield '# tls = "clever-tls" # HTTPS, with an authority in that folder'
    yield ""
    yield from _note("Varies the names of people and the structure of the districts.")
    yield "[run]"
    yield "# seed = 1"
    yield from _note(
        "Seconds from one day to the next, for an app that remembers Clever's answers for a while."
    )
    yield "# pace = 90"


def _profile(app: str) -> Iterator[str]:
    yield "[profile]"
    yield f"app = {_text(app)}"
    yield '# company = "..."'
    yield '# version = "1.0"'
    yield from _note('How the app stays up to date: "full" syncs, "events", or both.')
    yield '# modes = ["full"]'
    yield from _note(
        "How long the app waits, on purpose, before it archives what Clever no longer shares."
    )
    yield "# archiving = { after_absences = 2 } # or { after_days = 7 }"


def _not_held() -> Iterator[str]:
    yield from _note(
        "What the app does not keep, with the reason. Everything that is not set here is expected "
        "to be in the app after a sync."
    )
    yield "[profile.not_held]"
    width = max(map(len, HOLDABLE)) + 2
    for key, what in HOLDABLE.items():
        yield f'# {_key(key):<{width}} = "the reason" # {what}'


def _rows() -> Iterator[str]:
    yield from _note(
        "Records of which the app keeps several rows on purpose. They are united before they are "
        "judged; without a declaration a second row of a record is a mistake. "
        + " ".join(f"{per}: one row for each {words}." for per, words in WORDS.items())
    )
    yield "[profile.rows]"
    for key, values in ROWS.items():
        yield f"# {key} = {_text(values[0])} # {joined(list(values), 'or')}"


def _accounts() -> Iterator[str]:
    yield from _note(
        "Who has an account at all, where not everybody does. at-login: nobody before they log in; "
        "with-class: whoever a class lists, for students and teachers only; with-email: whoever "
        "has an e-mail address."
    )
    yield "[profile.accounts]"
    for key in ACCOUNT_HOLDERS:
        known = [str(rule) for rule in AccountRule if not misruled(key, (rule,))]
        yield f"# {key} = {_text(known[0])} # {', '.join(known)}"


def _declares() -> Iterator[str]:
    yield from _note(
        "What the app does. The rehearsal compares it with what happens, and a false declaration "
        "is a breach of its own. Leave out whatever you are not sure of."
    )
    yield "[profile.declares]"
    for key, declaration in DECLARATIONS.items():
        values = list(declaration.values)
        value = _list(values[:1]) if declaration.several else _text(values[0])
        several = "any of " if declaration.several else ""
        yield from _note(f"{capitalized(declaration.what)}: {several}{', '.join(values)}.")
        yield f"# {_key(key)} = {value}"


def _answers(questions: Sequence[Question]) -> Iterator[str]:
    yield from _note(
        "Your answers to questions of the certification guide that nobody can observe. "
        "`rosterready list questions` names the others, which are drafted for you."
    )
    yield "[profile.answers]"
    for question in questions:
        if question.comes_from == "vendor":
            yield from _note(question.text)
            yield f'# {_key(question.id)} = "..."'


def _form(fields: Sequence[FormField]) -> Iterator[str]:
    yield from _note(
        "Fields of Clever's certification form that no rehearsal can fill. The questionnaires have "
        "all fields; what you write here stands in place of a draft."
    )
    yield "[profile.form]"
    for field in fields:
        if field.needs:
            yield f'# {_key(field.id)} = "..." # {field.title}'


def _vouched() -> Iterator[str]:
    yield from _note(
        "Your word for a requirement that no scenario can observe, and checks that may fail for a "
        "while, for 90 days at most."
    )
    yield "# [[attestation]]"
    yield '# requirement = "R4"'
    yield '# statement = "..."'
    yield '# by = "name and position"'
    yield "# on = 2031-02-01"
    yield ""
    yield "# [[waiver]]"
    yield '# check = "the ID of the check in results.json"'
    yield '# reason = "..."'
    yield '# owner = "..."'
    yield "# expires = 2031-03-01"


def _note(text: str) -> list[str]:
    """A comment of whole sentences."""
    return [f"# {line}" for line in textwrap.wrap(text, WIDTH, break_on_hyphens=False)]


def _key(name: str) -> str:
    return f'"{name}"' if "." in name else name


def _text(value: str) -> str:
    return json.dumps(str(value), ensure_ascii=False)


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, values))}]"

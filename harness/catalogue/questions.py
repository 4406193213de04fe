"""Questions: those of the certification guide, and the clauses their answers are built of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from harness.contract.profile import HOLDABLE
from harness.documents import Node, read_yaml

_DECLARATIONS = "declarations/"
ALL = "all"
"""The kind of a part that speaks of whatever an app holds."""

FOUND = (
    *("not archived", "lost", "inactive", "kept archived", "unread", "approval"),
    *("school left over", "teacher left over", "role on return", "work lost", "work moved"),
    *("unread and lost", "primary teacher", "other relationship"),
)
"""The sorts of findings that a clause can have words of its own for."""
LOOKED_UP = (
    "has an account",
    "is at all schools",
    "is at the new school",
    "has all roles",
    "is in the sections",
    "is in each section",
    "has an account without an address",
    "is brought in at rollover",
    "is archived at rollover",
    "is archived when it is gone",
    "is back in use",
)
"""What a sentence can claim of everybody or everything, on days on which Clever answers well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a clause says of one kind of record, with the checks that prove it."""

    kinds: tuple[str, ...]
    """Keys of `HOLDABLE` that an app has to hold; or `all`."""
    says: str = ""
    """What stands for it in a sentence; the noun of the first kind unless given."""
    checks: tuple[str, ...] = ()
    """Ids of checks, patterns of ids (`moving/*`), or ids of requirements."""
    finds: tuple[str, ...] = ()
    """Kinds of findings that make it untrue; any others leave it open. All of them, if empty."""
    doubted_by: tuple[str, ...] = ()
    """Kinds of findings about its first kind that leave it open, whatever check has them."""
    one_account: bool = False
    """Whether it speaks of an account that stays, which an account for each school does not."""
    looked_up: str = ""
    """What it claims of everybody, one of `LOOKED_UP`: no record may be against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A sentence for each way its parts can turn out; without parts it states facts."""

    parts: tuple[Part, ...] = ()
    checks: tuple[str, ...] = ()
    """What concerns every part, as far as the records it is about are of that part's kinds."""
    finds: tuple[str, ...] = ()
    """The same for all parts that do not say it themselves."""
    denied_by: tuple[str, ...] = ()
    """Kinds of findings about a part's first kind that make it untrue, whatever check has them."""
    looked_up: str = ""
    """The same for all parts that do not say it themselves."""
    among: str = ""
    """A set of kinds that limits the parts: those of which a record left, or was restored."""
    everybody: bool = False
    """Whether it speaks of kinds alone of which everybody has an account, without a rule."""
    yes: tuple[str, ...] = ()
    """Texts; the first whose facts are known is said. {these} are the parts it is true of."""
    no: tuple[str, ...] = ()
    found: Mapping[str, str] = field(default_factory=dict)
    """Kind of finding → what is said of such findings instead; without a `no` only they count."""
    unseen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of the guide."""

    id: str
    group: str
    text: str
    comes_from: str
    """behaviour, traffic or vendor."""
    clauses: tuple[Clause, ...] = ()
    opens: Mapping[str, str] = field(default_factory=dict)
    """How the answer begins if its clauses say `yes`, `some` or `no`.

    `away` is for a yes of which a part is declared not to be held.
    """
    limits: tuple[str, ...] = ()
    """Texts about what the profile declares that limits the answer, said beside any other."""
    otherwise: str = ""
    """What is said when the app declares to hold nothing that the clauses speak of, or when the
    question does not arise."""
    claims: tuple[str, ...] = ()
    """Keys of `[profile.declares]` that say something about it."""
    needs: str = ""
    """Why only the vendor can answer."""
    when: str = ""
    """Update mode without which the question does not arise."""

    @property
    def selectors(self) -> tuple[str, ...]:
        """Everything its clauses name as proof, each once."""
        own = (name for clause in self.clauses for p in clause.parts for name in p.checks)
        shared = (name for clause in self.clauses for name in clause.checks)
        return tuple(dict.fromkeys((*own, *shared)))


def selects(selector: str, check: str, requirements: tuple[str, ...]) -> bool:
    """Whether a clause that names this means the check with these requirements.

    A pattern means no check of a declaration: those stand beside the answers (`claims`).
    """
    if "*" not in selector:  # most name one check or one requirement
        return selector == check or selector in requirements
    return not check.startswith(_DECLARATIONS) and fnmatchcase(check, selector)


def load_questions(file: Path) -> tuple[Question, ...]:
    """All questions in the guide's order; raises DocumentError with file, line and key."""
    with read_yaml(file) as node:
        return tuple(question for group in node.nodes("groups") for question in _group(group))


def _group(node: Node) -> Iterator[Question]:
    with node:
        title = node.text("title")
        rows = node.nodes("questions")
    for row in rows:
        with row:
            comes_from = row.choice("from", ("behaviour", "traffic", "vendor"))
            vendor = comes_from == "vendor"
            clauses = tuple(map(_clause, row.nodes("clauses", required=not vendor)))
            yield Question(
                id=row.text("id"),
                group=title,
                text=row.text("text"),
                comes_from=comes_from,
                clauses=clauses,
                opens=_opens(row),
                limits=row.texts("limits", ()),
                otherwise=row.text("otherwise", ""),
                claims=row.texts("claims", ()),
                needs=row.text("needs") if vendor else row.text("needs", ""),
                when=row.text("when", ""),
            )


def _opens(row: Node) -> Mapping[str, str]:
    with row.mapping("opens", required=False) as opens:
        return {
            state: opens.text(state) for state in ("yes", "some", "no", "away") if opens.has(state)
        }


def _found(row: Node) -> Mapping[str, str]:
    with row.mapping("found", required=False) as words:
        return {kind: words.text(kind) for kind in FOUND if words.has(kind)}


def _clause(row: Node) -> Clause:
    with row:
        return Clause(
            parts=tuple(map(_part, row.nodes("parts", required=False))),
            checks=row.texts("checks", ()),
            finds=row.texts("finds", ()),
            denied_by=row.texts("denied_by", ()),
            looked_up=row.choice("looked_up", LOOKED_UP, ""),
            among=row.choice("among", ("restored", "left"), ""),
            everybody=row.flag("everybody", False),
            yes=row.texts("yes", ()),
            no=row.texts("no", ()),
            found=_found(row),
            unseen=row.texts("unseen", ()),
        )


def _part(row: Node) -> Part:
    with row:
        kinds = row.texts("kinds")
        for kind in kinds:
            if kind not in (*HOLDABLE, ALL):
                raise row.error(f'"{kind}" is no kind of record', "kinds")
        return Part(
            kinds=kinds,
            says=row.text("says", ""),
            checks=row.texts("checks", ()),
            finds=row.texts("finds", ()),
            doubted_by=row.texts("doubted_by", ()),
            one_account=row.flag("one_account", False),
            looked_up=row.choice("looked_up", LOOKED_UP, ""),
        )

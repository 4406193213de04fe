"""Why people do not find the accounts they had before Clever, or find somebody else's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.assess.causes.likely_cause import LikelyCause, Rule
from harness.assess.findings import ACCOUNT, Finding, FindingKind
from harness.assess.recording_index import RecordingIndex
from harness.district.data_model.records import User, roles_of
from harness.plan.plan import OldAccount

_CAREFULLY = (
    "Match by e-mail address or number within one role, and have a person confirm doubtful cases."
)


def _about(
    id: str, finding_kind: FindingKind, what: OldAccount | None, sentence: str, remedy: str
) -> Rule:
    def rule(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
        behind = [
            finding
            for finding in findings
            if finding.finding_kind is finding_kind
            and finding.field.startswith(ACCOUNT)
            and (what is None or finding.field == f"{ACCOUNT}{what}")
        ]
        if behind:
            yield LikelyCause(id, sentence, remedy, behind)

    return rule


def _by_exact_case(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Accounts are missed when the spelling of the address differs, and matched else."""
    twice = [f for f in findings if f.finding_kind is FindingKind.DUPLICATE]
    behind = [f for f in twice if f.field == f"{ACCOUNT}{OldAccount.CAPITALS}"]
    if behind and not any(f.field == f"{ACCOUNT}{OldAccount.EMAIL}" for f in twice):
        yield LikelyCause(
            "addresses-compared-with-case",
            "Your app compares e-mail addresses with their capital letters when it looks for "
            "accounts from before Clever.",
            "Compare addresses without regard to case, on both sides.",
            behind,
        )


def _without_zeros(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Accounts go astray whose number is somebody else's but for leading zeros, and no others."""
    behind = [f for f in findings if f.field == f"{ACCOUNT}{OldAccount.NUMBER}"]
    twins = [_differs_in_zeros(index, finding) for finding in behind]
    if behind and all(twins):
        yield LikelyCause(
            "numbers-compared-without-zeros",
            "Your app ignores leading zeros when it compares numbers with those of accounts from "
            f"before Clever: the number of {behind[0].name} is that of {twins[0]} for it.",
            "Store and compare student numbers as text, on both sides: 0042 and 42 are two "
            "children's.",
            behind,
        )


def _differs_in_zeros(index: RecordingIndex, finding: Finding) -> str:
    """Who else has the number of somebody but for leading zeros; "" if nobody has."""
    users = index.roster(finding.district, finding.day).users
    numbers = {uid: _student_number(user) for uid, user in users.items()}
    mine = numbers.get(finding.clever_id, "")
    return next(
        (
            index.name(uid)
            for uid, number in numbers.items()
            if mine and number != mine and number.lstrip("0") == mine.lstrip("0")
        ),
        "",
    )


def _student_number(user: User) -> str:
    return str(roles_of(user).get("student", {}).get("student_number") or "")


def _only_at_first(index: RecordingIndex, findings: Sequence[Finding]) -> Iterator[LikelyCause]:
    """Accounts of people who are shared later are missed, and none of others."""
    behind = [
        finding
        for finding in findings
        if finding.finding_kind is FindingKind.DUPLICATE and finding.field.startswith(ACCOUNT)
    ]
    if behind and all(index.before(finding.district, finding.day) for finding in behind):
        yield LikelyCause(
            "accounts-matched-once",
            "Your app looks for accounts from before Clever when a district connects, and not "
            f"when people are shared later: {behind[0].name} has a second account, while those "
            "who were shared from the start have the account of before.",
            "Look for an existing account whenever a sync is about to create a user, since "
            "districts share school by school.",
            behind,
        )


MATCHING: tuple[Rule, ...] = (
    _without_zeros,
    _about(
        "accounts-matched-by-name",
        FindingKind.MERGED,
        OldAccount.NAME,
        "Your app matches accounts from before Clever by name.",
        _CAREFULLY,
    ),
    _about(
        "accounts-matched-across-roles",
        FindingKind.MERGED,
        OldAccount.ROLE,
        "Your app matches accounts from before Clever by number, ignoring the role it belongs to.",
        _CAREFULLY,
    ),
    _about(
        "accounts-that-fit-several",
        FindingKind.MERGED,
        OldAccount.SHARED,
        "Your app gives an account from before Clever to any one of the people whom it fits.",
        "Look for everybody whom an account fits before you give it away. If there are several, "
        "leave it, and have a person decide.",
    ),
    _about(
        "accounts-of-two-owners",
        FindingKind.MERGED,
        OldAccount.MIXED,
        "Your app gives people an account from before Clever whose number is somebody else's.",
        "Do not match an account by its address if its number belongs to another person, or the "
        "other way round. Have a person decide.",
    ),
    _about(
        "accounts-of-others",
        FindingKind.MERGED,
        None,
        "Your app gives people pre-existing accounts that belong to somebody else.",
        _CAREFULLY,
    ),
    _by_exact_case,
    _only_at_first,
    _about(
        "second-accounts",
        FindingKind.DUPLICATE,
        None,
        "Your app creates second accounts for people who already had one before Clever.",
        "On the first sync, look for an existing account before creating one, and store the "
        "Clever ID.",
    ),
    _about(
        "work-lost-at-match",
        FindingKind.WORK_LOST,
        None,
        "Your app matches accounts from before Clever but loses the work in them.",
        "Add the Clever ID to the existing account instead of moving people to a new one.",
    ),
)

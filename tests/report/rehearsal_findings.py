"""What the checks of the rehearsal made by hand found."""

from __future__ import annotations

from harness.assess.findings import Finding, FindingKind

# check | kind | finding kind | name | day | field | expected | found | end of the id | sentence
_TABLE = """
teachers/both-co-teachers-have-the-class|sections|teacher|Art 3|midyear|teachers|Ms Duval, Mr Pfeffer|Ms Duval|0201|Clever shares Art 3 with Ms Duval and Mr Pfeffer on the day `midyear`, your app holds Ms Duval only.
teachers/all-three-co-teachers-have-the-class|sections|teacher|Robotics|midyear|teachers|Mr Okoye, Ms Lindqvist, Mr Tanaka|Mr Okoye|0202|Clever shares Robotics with three teachers, your app holds Mr Okoye only.
teachers/all-three-co-teachers-have-the-class|sections|teacher|Robotics|rollover|teachers|Mr Okoye, Ms Lindqvist, Mr Tanaka|Mr Okoye|0202|On rollover Robotics still lacks Ms Lindqvist and Mr Tanaka.
moving/a-student-who-changes-school-is-at-the-new-school-only|users|school|Maya Kowalski|midyear|schools|Cedar Middle, Pine Hill Elementary|Cedar Middle|0203|Clever shares Maya Kowalski with Cedar Middle and Pine Hill, your app holds one.
several-schools/a-student-in-three-schools-is-seen-in-each|users|school|Nia Abernathy|first-share|schools|Pine Hill Elementary, Cedar Middle, Lakeside High|Pine Hill Elementary|0204|Clever shares Nia Abernathy with three schools, your app holds one.
departures/a-term-that-comes-back-is-restored|terms|not restored|Autumn Term|returns|status|active|archived|0205|Autumn Term is shared again since returns, your app still has it archived.
teachers/names-of-sections-are-whole|sections|field|Introduction to Woodwind Instruments|midyear|name|Introduction to Woodwind Instruments|Introduction to Wood|0206|Your app calls Introduction to Woodwind Instruments “Introduction to Wood”.
"""  # noqa: E501 - a row is a row


def finding(check: str, name: str, sentence: str, **more: str) -> Finding:
    """A finding on midyear in the common district, unless told otherwise."""
    given: dict[str, str] = {"day": "midyear", "district": "common", "kind": "users"} | more
    finding_kind = FindingKind(given.pop("finding_kind", FindingKind.FIELD))
    clever_id = given.pop("clever_id", "58da8c6b894273be68000001")
    return Finding(
        check=check,
        name=name,
        sentence=sentence,
        finding_kind=finding_kind,
        clever_id=clever_id,
        **given,
    )


def many_missing(check: str, count: int) -> tuple[Finding, ...]:
    """A crowd of findings of one kind."""
    return tuple(
        finding(
            check,
            f"Staff member {number}",
            f"Clever shares Staff member {number} with 3 schools, your app holds 1.",
            finding_kind=FindingKind.SCHOOL,
            clever_id=f"58da8c6b894273be6800{number:04x}",
            field="schools",
            expected="Pine Hill Elementary, Cedar Middle, Lakeside High",
            found="Pine Hill Elementary",
        )
        for number in range(1, count + 1)
    )


def findings_of(check: str) -> tuple[Finding, ...]:
    """The findings of a check; none for a check that passed."""
    if check == "several-schools/staff-of-several-schools-are-seen-in-each":
        return many_missing(check, 37)
    rows = (line.split("|") for line in _TABLE.strip().splitlines())
    return tuple(_finding(row) for row in rows if row[0] == check)


def _finding(row: list[str]) -> Finding:
    check, kind, finding_kind, name, day, field, expected, found, ending, sentence = row
    return finding(
        check,
        name,
        sentence,
        kind=kind,
        finding_kind=finding_kind,
        day=day,
        field=field,
        expected=expected,
        found=found,
        clever_id=f"58da8c6b894273be6800{ending}",
    )

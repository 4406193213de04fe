from __future__ import annotations

import pytest
from district.story import CLASSES, RUN_DATE, ReadCase, Tell

from harness.district.build import build_district
from harness.district.casts.changes import apply_change
from harness.district.population.sizes import SMALL
from harness.errors import PlanError


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ("{return: Maya}", "Maya is there already"),
        ("[{leave: Maya}, {leave: Maya}]", "Maya is not there"),
        ("{share: Maya}", "Maya is shared already"),
        ("[{unshare: Maya}, {unshare: Maya}]", "Maya is not shared"),
        ("{enroll: {student: Maya, in: Art}}", "Maya is in Art already"),
        ("[{leave: Music}, {enroll: {student: Maya, in: Music}}]", "Music is not there"),
        ("{drop: {student: Maya, from: Music}}", "Maya is not in Music"),
        ("{co-teach: {section: Music, with: Mr Boyd}}", "Mr Boyd teaches Music already"),
        ("{stop-teaching: {section: Art, teacher: Mr Boyd}}", "Mr Boyd does not teach Art"),
        ("{replace-teacher: {section: Art, by: Mr Okoye}}", "the primary teacher of Art already"),
        ("{promote-teacher: {section: Music, teacher: Ms Lindgren}}", "the primary teacher of"),
        ("{gain-role: {person: Mr Boyd, teacher: {school: high}}}", "has the role teacher already"),
        ("{lose-role: {person: Mr Boyd, role: staff}}", "Mr Boyd has no role staff"),
        ("{lose-role: {person: Mr Boyd, role: teacher}}", "the only role of Mr Boyd; say leave"),
        ("{new-email: {who: Maya, same-as: Maya}}", "Maya has this address already"),
        ("{edit: {who: Mr Boyd, role: staff, fields: {title: x}}}", "Mr Boyd has no role staff"),
        ("{reschool: {who: Mr Boyd, role: staff, schools: [high]}}", "no role staff with schools"),
    ],
)
def test_a_change_that_does_not_fit_names_file_line_and_reason(
    tell: Tell, step: str, reason: str
) -> None:
    story = tell(CLASSES, f"it happens: {step}")

    with pytest.raises(PlanError) as caught:
        story.play("it happens")

    assert reason in str(caught.value)
    assert "some-case.yaml:" in str(caught.value)
    assert "at changes.it happens" in str(caught.value)


def test_a_person_who_is_no_teacher_does_not_teach(tell: Tell) -> None:
    story = tell(
        CLASSES + "Ms Moreau: {staff: {schools: [elementary]}}",
        "it happens: {co-teach: {section: Art, with: Ms Moreau}}",
    )

    with pytest.raises(PlanError, match="Ms Moreau is not a teacher"):
        story.play("it happens")


def test_what_is_not_in_a_small_district_cannot_leave_it_nor_be_gone_to(
    read_case: ReadCase,
) -> None:
    case = read_case(
        "Maya: {student: {school: middle}}\nMr Lee: {teacher: {school: middle}}",
        """
        close: {unshare: high}
        go: {transfer: {student: Maya, to: high}}
        work: {reschool: {who: Mr Lee, role: teacher, schools: [high]}}
        """,
    )
    sis = build_district((case.cast,), seed=1, salt="a", run_date=RUN_DATE, size=SMALL)

    for change, reason in (
        ("close", "high is not in this district"),
        ("go", 'this district has no school "high"'),
        ("work", 'this district has no school "high"'),
    ):
        with pytest.raises(PlanError, match=reason):
            apply_change(sis, case.cast, change)

"""What the vendor of the demo declares fits what is asked."""

from __future__ import annotations

from harness.catalogue.questions import load_questions
from harness.demo.profile import PROFILE
from harness.resources import REPORTS


def test_every_question_only_the_vendor_can_answer_is_answered() -> None:
    questions = load_questions(REPORTS / "questions.yaml")
    open_ones = {one.id for one in questions if one.comes_from == "vendor" and not one.when}

    assert open_ones <= set(PROFILE.answers)


def test_no_answer_is_to_a_question_nobody_asks() -> None:
    questions = load_questions(REPORTS / "questions.yaml")

    assert set(PROFILE.answers) <= {one.id for one in questions}

"""questionnaire.json: the questions of the guide and the fields of the form, for programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from harness.assess.answer import Answer
from harness.assess.results import Results
from harness.report import form

NAME = "questionnaire-json"
FILE = "questionnaire.json"
FORMAT = "rosterready-questionnaire"
VERSION = 1


def render(results: Results) -> str:
    """The document, with what a person still has to do at its top."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "app": results.run.app,
        "run_date": results.run.run_date,
        "last_line": results.last_line,
        "before_you_send_this": form.still_open(results),
        "questions": [
            _question(number, answer) for number, answer in enumerate(results.answers, start=1)
        ],
        "form": form.filled(results),
    }
    return json.dumps(document, indent=2, ensure_ascii=False, default=asdict) + "\n"


def _question(number: int, answer: Answer) -> dict[str, object]:
    return {
        "number": number,
        "id": answer.question,
        "group": answer.group,
        "question": answer.text,
        "answer": answer.answer,
        "source": answer.source,
        "reason": answer.reason,
        "evidence": answer.evidence,
        "contradiction": answer.contradiction,
        "fingerprint": answer.fingerprint,
        "stale": answer.stale,
    }

"""results.json: nothing is lost on the way there and back, and nothing wrong gets in."""

from __future__ import annotations

import dataclasses
import json as plain_json
from pathlib import Path
from typing import Any

import pytest

from harness.assess import answer, check_result, findings, requirement_verdict
from harness.assess import results as model
from harness.assess.check_result import Outcome
from harness.assess.results import Results
from harness.errors import DocumentError, OutputError
from harness.report import json
from harness.report.results_version_1 import from_version_1
from harness.resources import SCHEMAS

SCHEMA = plain_json.loads((SCHEMAS / "results.schema.json").read_text())

SHAPES: list[tuple[dict[str, Any], type, set[str]]] = [
    (SCHEMA, Results, {"format", "version", "last_line", "counts"}),
    (SCHEMA["$defs"]["run"], model.Run, set()),
    (SCHEMA["$defs"]["requirement"], requirement_verdict.RequirementVerdict, set()),
    (SCHEMA["$defs"]["check"], check_result.CheckResult, set()),
    (SCHEMA["$defs"]["finding"], findings.Finding, {"id"}),
    (SCHEMA["$defs"]["edge_case"], model.EdgeCaseResult, set()),
    (SCHEMA["$defs"]["member"], model.CastMember, set()),
    (SCHEMA["$defs"]["history"], model.RecordHistory, set()),
    (SCHEMA["$defs"]["history_entry"], model.HistoryEntry, set()),
    (SCHEMA["$defs"]["answer"], answer.Answer, set()),
    (SCHEMA["$defs"]["day"], model.DayResult, set()),
    (SCHEMA["$defs"]["cause"], model.Cause, set()),
]


def test_the_way_there_and_back_changes_nothing(results: Results, ready: Results) -> None:
    for one in (results, ready):
        written = plain_json.loads(json.render(one))

        assert json.from_document(written) == one


@pytest.mark.parametrize(
    ("schema", "shape", "derived"),
    SHAPES,
    ids=[shape.__name__ for _, shape, _ in SHAPES],
)
def test_the_schema_knows_every_field_and_no_other(
    schema: dict[str, Any], shape: type, derived: set[str]
) -> None:
    fields = {field.name for field in dataclasses.fields(shape)}

    assert set(schema["properties"]) == fields | derived
    assert set(schema["required"]) == fields | derived
    assert schema["additionalProperties"] is False


def test_the_schema_knows_every_word_of_an_enumeration() -> None:
    defs = SCHEMA["$defs"]
    check, requirement = defs["check"]["properties"], defs["requirement"]["properties"]

    assert set(defs["outcome"]["enum"]) == set(Outcome) == set(defs["counts"]["properties"])
    assert set(check["evidence_level"]["enum"]) == set(check_result.EvidenceLevel)
    assert set(check["responsible"]["enum"]) == {*check_result.ResponsibleParty, None}
    assert set(requirement["state"]["enum"]) == set(requirement_verdict.RequirementState)
    assert set(requirement["level"]["enum"]) == set(requirement_verdict.Level)
    assert set(defs["answer"]["properties"]["source"]["enum"]) == set(answer.AnswerSource)
    assert set(defs["day_state"]["enum"]) == set(model.DayState)
    assert set(check["steps"]["items"]["properties"]["state"]["enum"]) == set(
        check_result.StepState
    )
    assert set(defs["finding"]["properties"]["finding_kind"]["enum"]) == set(findings.FindingKind)
    assert set(SCHEMA["properties"]["verdict"]["enum"]) == set(model.Verdict)


def test_programs_find_the_counts_and_every_finding_by_id(results: Results) -> None:
    document = json.to_document(results)
    ids = {finding["id"] for check in document["checks"] for finding in check["findings"]}

    assert document["last_line"] == results.last_line
    assert document["counts"]["fail"] == results.count(Outcome.FAIL) == 6
    assert {one.id for check in results.checks for one in check.findings} == ids


def test_results_that_break_the_schema_are_not_written(results: Results) -> None:
    wrong = dataclasses.replace(results, exit_code=7)

    with pytest.raises(OutputError, match=r"results\.json would not be valid, at exit_code: 7"):
        json.render(wrong)


def test_a_folder_and_a_file_can_be_loaded(results: Results, tmp_path: Path) -> None:
    (tmp_path / "results.json").write_bytes(json.render(results))

    assert json.load(tmp_path) == json.load(tmp_path / "results.json") == results


def _broken(results: Results, **changes: object) -> str:
    return plain_json.dumps(json.to_document(results) | changes)


def test_a_wrong_value_is_named_with_its_file_and_key(results: Results, tmp_path: Path) -> None:
    document = json.to_document(results)
    document["checks"][3]["outcome"] = "skipped"
    file = tmp_path / "results.json"
    file.write_text(plain_json.dumps(document))

    with pytest.raises(DocumentError, match=r"checks\[3\]\.outcome: 'skipped' is not one of") as it:
        json.load(file)

    assert str(file) in str(it.value)
    assert "rosterready judge" in it.value.hint


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ('{"format": "rosterready-results", "vers', "cut off"),
        ("[]", "not the results of a rehearsal"),
        ('{"format": "something"}', "not the results of a rehearsal"),
        ('{"format": "rosterready-results", "version": 6}', "reads versions 1 to 5"),
        (
            '{"format": "rosterready-results", "version": 5}',
            "required property; another rosterready wrote this file",
        ),
    ],
)
def test_a_file_that_is_no_such_document_says_why(text: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    file.write_text(text)

    with pytest.raises(DocumentError, match=said):
        json.load(file)


def test_an_unknown_key_is_refused(results: Results, tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    file.write_text(_broken(results, certain=True))

    with pytest.raises(DocumentError, match="certain"):
        json.load(file)


def test_a_missing_file_says_what_to_name_instead(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="No such file") as caught:
        json.load(tmp_path / "nowhere.json")

    assert "results.json" in caught.value.hint


def test_bytes_that_are_not_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    file.write_bytes(b'{"format": "\xff"}')

    with pytest.raises(DocumentError, match="UTF-8"):
        json.load(file)


def test_what_an_older_rosterready_wrote_is_still_read(results: Results) -> None:
    """Version 1 had other names: grade, fault, shape and told."""
    document = json.to_document(results)
    names = {"evidence_level": "grade", "responsible": "fault", "finding_kind": "shape"}
    old = plain_json.loads(plain_json.dumps(document | {"version": 1}))
    for check in old["checks"]:
        for row in (check, *check["findings"]):
            for new, former in names.items():
                row |= {former: row.pop(new)} if new in row else {}
    for fact in old["traffic"]:
        fact["told"] = fact.pop("value")
    for day in old["days"]:
        first = day.pop("before_approval")
        state = day["state"].replace("_", " ") if day["state"] == "not_reached" else day["state"]
        day["state"] = f"{first}, then {state}" if first else state

    assert json.from_document(old) == results


def test_version_2_is_still_read_though_it_knew_no_scopes(results: Results) -> None:
    document = json.to_document(results)
    old = plain_json.loads(plain_json.dumps(document | {"version": 2}))
    for check in old["checks"]:
        del check["scope"], check["not_held"]
        for step in check["steps"]:
            del step["examined"], step["scope"], step["reason"]
        for finding in check["findings"]:
            del finding["requirement"]
    for row in old["requirements"]:
        del row["covers"], row["leaves_out"]
    for cause in old["causes"]:
        del cause["id"], cause["checks"]

    assert json.from_document(old).last_line == results.last_line


def test_version_3_is_still_read_though_it_knew_one_day_of_a_cast(results: Results) -> None:
    document = json.to_document(results)
    old = plain_json.loads(plain_json.dumps(document | {"version": 3}))
    del old["histories"]
    for case in old["edge_cases"]:
        for member in case["members"]:
            del member["district"]
            member |= {"shared": "On midyear: a student", "held": "Nothing on midyear"}

    read = json.from_document(old)

    assert read.last_line == results.last_line
    assert read.histories == ()


def test_version_4_is_still_read_though_it_knew_no_breakdowns(results: Results) -> None:
    document = json.to_document(results)
    old = plain_json.loads(plain_json.dumps(document | {"version": 4}))
    for key in ("breakdowns", "past_runs", "form"):
        del old[key]
    for day in old["days"]:
        del day["hit"], day["repeated"], day["largest_page"]
    for row in old["answers"]:
        del row["own"], row["fingerprint"], row["stale"]

    read = json.from_document(old)

    assert read.last_line == results.last_line
    assert read.days == results.days


def test_a_kind_of_finding_that_had_another_name_is_known_by_the_new_one() -> None:
    finding = {"shape": "guardian", "id": "moving/x:common:midyear:guardian:field:1"}

    document = from_version_1({"checks": [{"findings": [finding], "blocked_by": [finding["id"]]}]})

    [check] = document["checks"]
    assert check["findings"][0]["finding_kind"] == "student relationship"
    assert check["blocked_by"] == ["moving/x:common:midyear:student relationship:field:1"]
    assert check["findings"][0]["id"] == check["blocked_by"][0]


def test_the_schema_knows_every_kind_of_finding() -> None:
    known = SCHEMA["$defs"]["finding"]["properties"]["finding_kind"]["enum"]
    assert known == [str(kind) for kind in findings.FindingKind]

"""report.html: complete, self-contained, linked, and readable for everybody."""

from __future__ import annotations

import dataclasses
import itertools
import re
import time

import pytest
from report import rehearsal_findings
from report.parsed_page import Page, read

from harness.assess.check_result import CheckResult, Outcome
from harness.assess.results import CastMember, Results, Verdict
from harness.assess.to_do import to_answer
from harness.report import anchors, html, labels
from harness.report.evidence_commands import at_clever
from harness.report.headline import next_command
from harness.report.record_histories import MOST_ALIKE
from harness.resources import TEMPLATES


@pytest.fixture(scope="module")
def page(results: Results) -> Page:
    return read(html.render(results))


def test_everything_has_its_place_and_its_anchor(results: Results, page: Page) -> None:
    ids = page.ids()

    assert len(ids) == len(set(ids)), "two elements share an id"
    wanted = [
        *(anchors.of_requirement(row.id) for row in results.requirements),
        *(anchors.of_check(check.id) for check in results.checks),
        *(anchors.of_edge_case(case.id) for case in results.edge_cases),
        *(anchors.of_question(answer.question) for answer in results.answers),
    ]
    assert set(wanted) <= set(ids)
    assert {"R6", "edge-student-returns", "q-co-teachers"} <= set(ids)


def test_every_link_leads_somewhere(page: Page) -> None:
    targets = [link.attributes["href"] for link in page.all("a")]
    inner = {target[1:].split("?")[0] for target in targets if target.startswith("#")}

    assert inner <= set(page.ids())
    assert len(inner) > 100
    assert {target for target in targets if not target.startswith("#")} == {
        "https://dev.clever.com/docs/secure-sync-certification-guide"
    }


def test_the_file_asks_for_nothing_from_outside(results: Results, page: Page) -> None:
    document = html.render(results)

    assert not page.all("link")
    assert not page.all("img")
    assert not [one for one in page.elements if "src" in one.attributes]
    style = page.all("style")[0].text
    assert "@import" not in style
    assert "url(" not in style
    policy = page.all("meta", http_equiv="Content-Security-Policy")[0].attributes["content"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert document.count("<script") == document.count("<style") == 1


def test_no_element_carries_style_or_script_that_the_policy_forbids(page: Page) -> None:
    for element in page.elements:
        assert "style" not in element.attributes
        assert not [name for name in element.attributes if name.startswith("on")]


def test_the_markup_is_balanced(page: Page, ready: Results) -> None:
    assert page.unbalanced == []
    assert read(html.render(ready)).unbalanced == []


def test_the_verdict_is_told_in_words_with_what_is_left(results: Results, page: Page) -> None:
    cover = page.all("section", id="verdict")[0].text

    assert "Not ready" in cover
    assert "3 of 12 MUST requirements are not met." in cover
    places = [cover.index(sentence) for sentence in results.to_do]
    assert places == sorted(places)
    assert "rosterready replay moves-between-schools --adapter" in cover


def test_what_to_do_leads_to_every_check_requirement_and_question_it_names(
    results: Results,
) -> None:
    failing = [check for check in results.checks if check.outcome is Outcome.FAIL]
    last = next(check for check in reversed(failing) if check.edge_case and not check.waived)
    named = (last.id, *(check.id for check in results.checks[:5]))
    cause = dataclasses.replace(results.causes[0], checks=named)
    lines = (cause.to_do, "R9, R2: not proven. Fix them.", to_answer(results.answers))
    told = dataclasses.replace(results, causes=(cause,), to_do=lines)

    drawn = html.render(told)
    listed = drawn[drawn.index("<ol class=to-do>") : drawn.index("</ol>")]
    links = set(re.findall(r'href="?#([^"> ]+)', listed))

    assert links >= {*map(anchors.of_check, named), "R9", "R2", "questions?outcome=manual"}
    assert next_command(told).startswith(f"rosterready replay {last.edge_case} ")
    assert next_command(told) != next_command(results)


def test_only_clever_certifies_and_the_report_says_so_once(results: Results) -> None:
    for verdict in Verdict:
        text = read(html.render(dataclasses.replace(results, verdict=verdict))).text

        assert text.count("Only Clever certifies") == 1
        assert "certified" not in text.lower()


def test_what_no_scenario_can_observe_says_so(page: Page) -> None:
    row = page.all("tr", id="D6")[0].text

    assert "Cannot be observed" in row
    assert "No scenario can see a browser session" in row


def test_a_finding_labels_both_sides_and_marks_the_difference(page: Page) -> None:
    anchor = anchors.of_check("teachers/both-co-teachers-have-the-class")
    check = page.all("details", id=anchor)[0].text

    assert "Clever says" in check
    assert "Your app holds" in check
    assert "Ms Duval, Mr Pfeffer" in check
    assert "Mr Pfeffer" in [mark.text for mark in page.all("mark")]
    assert "Ms Duval" not in [mark.text for mark in page.all("mark")]


def test_a_blocked_check_links_to_the_finding_that_accuses(page: Page) -> None:
    blocked = anchors.of_check("moving/a-student-who-is-promoted-keeps-the-finished-lessons")
    accuser = anchors.of_check("teachers/both-co-teachers-have-the-class")
    links = page.all("a", href=f"#{accuser}")

    assert "Blocked by" in page.all("details", id=blocked)[0].text
    assert any("Clever shares Art 3" in link.text for link in links)


def test_a_requirement_lists_its_worst_scenarios_and_leads_to_all(results: Results) -> None:
    row = next(row for row in results.requirements if row.id == "R2")
    passed = [check for check in results.checks if check.outcome is Outcome.PASS]
    failed = next(check for check in results.checks if check.outcome is Outcome.FAIL)
    many = [check.id for check in passed[: html.MAX_SCENARIOS_LISTED]]
    row = dataclasses.replace(row, checks=(*many, failed.id))

    text = html.render(dataclasses.replace(results, requirements=(row,)))

    listed = text[text.index("<tr id=R2 ") : text.index("The rule and its source")]
    assert listed.count("<a href=#check-") == html.MAX_SCENARIOS_LISTED
    assert listed.index(failed.name) < listed.index(passed[0].name)
    assert '<a href="#checks?requirement=R2">and 1 more</a>' in listed


def test_a_long_list_of_findings_is_cut_and_says_where_the_rest_is(page: Page) -> None:
    anchor = anchors.of_check("several-schools/staff-of-several-schools-are-seen-in-each")
    text = page.all("details", id=anchor)[0].text

    assert "Staff member 20 with" in text
    assert "Staff member 21 with" not in text
    assert "and 17 more; results.json has them all" in text


def test_the_contradiction_is_flagged_at_the_question_and_on_the_cover(page: Page) -> None:
    question = page.all("article", id="q-co-teachers")[0].text

    assert "Contradiction: You declare that co-teachers" in question
    assert "1 answer is contradicted" in " ".join(page.all("section", id="verdict")[0].text.split())


def test_every_draft_can_be_copied(results: Results, page: Page) -> None:
    drafts = [answer for answer in results.answers if answer.answer]
    copied = {button.attributes["data-copy"] for button in page.all("button", class_="copy")}

    assert copied == {f"{anchors.of_question(answer.question)}-answer" for answer in drafts}
    assert copied <= set(page.ids())


def test_screen_readers_find_landmarks_headings_and_captions(results: Results, page: Page) -> None:
    assert page.all("html")[0].attributes["lang"] == "en"
    assert len(page.all("main")) == len(page.all("h1")) == 1
    assert page.all("header")
    assert all("aria-label" in one.attributes for one in page.all("nav"))
    assert len(page.all("caption")) == len(page.all("table")) > 10
    scopes = [one.attributes.get("scope", "") for one in page.all("th")]
    assert set(scopes) == {"col", "row", "rowgroup", ""}
    # Without a scope, HTML takes a header for that of its row if cells follow, and for that of its
    # column in a row of headers alone.
    drawn = html.render(results)
    of_rows = re.findall(r"<tr><th>[^<]+(?:<br><small>[^<]+</small>)?<td>", drawn)
    of_columns = re.findall(r"<thead><tr>((?:<th>[^<]+)+)(?=<tbody)", drawn)
    assert len(of_rows) + "".join(of_columns).count("<th>") == scopes.count("")
    assert all(one.attributes.get("type") == "button" for one in page.all("button"))
    levels = [int(one.tag[1]) for one in page.elements if re.fullmatch(r"h[1-6]", one.tag)]
    steps = itertools.pairwise(levels)
    assert all(after - before <= 1 for before, after in steps), "a heading level is skipped"


def test_a_status_is_never_a_colour_alone(page: Page) -> None:
    marks = [one for one in page.elements if "mark" in one.attributes.get("class", "").split()]

    assert len(marks) > 100
    assert all(re.search(r"\w{3,}", one.text) for one in marks)


def test_filter_attributes_match_the_buttons(page: Page) -> None:
    buttons = [one for one in page.all("button") if "data-chip" in one.attributes]
    offered = {(one.attributes["data-chip"], one.attributes["value"]) for one in buttons}
    items = [one for one in page.elements if "data-outcome" in one.attributes]

    for kind in ("outcome", "requirement", "area"):
        used = {word for one in items for word in one.attributes.get(f"data-{kind}", "").split()}
        assert used == {value for name, value in offered if name == kind}
    assert all(one.attributes["data-outcome"] for one in items), "an item no button finds"


def test_a_member_of_a_cast_is_followed_from_day_to_day(page: Page) -> None:
    [history] = [row for row in page.all("tbody") if "Maya Kowalski User" in row.text]

    assert "Maya Kowalski" in history.text
    assert "first-share to midyear" in history.text
    assert "GET /v3.1/users?limit=100 (page 2 of 9)" in history.text, "where something differs"
    marked = [mark.text for mark in page.all("mark") if "tbody" in mark.parents]
    assert "Pine Hill Elementary" in marked


def test_who_is_held_as_clever_has_them_needs_no_second_list(page: Page) -> None:
    [history] = [row for row in page.all("tbody") if "Odile Duval User" in row.text]

    assert "the same" in history.text
    assert "GET" not in history.text


def test_of_a_large_cast_those_with_a_difference_are_shown_and_some_others(
    results: Results,
) -> None:
    right = next(row for row in results.histories if row.name == "Leo")
    wrong = next(row for row in results.histories if row.name == "Maya")
    rows = [dataclasses.replace(right, clever_id=f"right-{n}") for n in range(20)]
    members = [
        CastMember(
            name=row.name,
            full_name=row.name,
            kind=row.kind,
            clever_id=row.clever_id,
            district=row.district,
        )
        for row in (*rows, wrong)
    ]
    case = dataclasses.replace(results.edge_cases[0], members=tuple(members))
    shown = dataclasses.replace(results, edge_cases=(case,), histories=(*rows, wrong), checks=())

    page = read(html.render(shown))

    records = [one for one in page.all("tbody") if one.attributes.get("data-in") == "common"]
    assert wrong.clever_id in records[0].text
    assert len(records) == 1 + MOST_ALIKE
    assert "And 8 more records, with no difference to Clever" in page.text


def test_what_is_declared_is_no_difference(results: Results) -> None:
    [row, *others] = results.histories
    declared = "The vendor declares that it does not hold teachers: for home."
    entry = dataclasses.replace(row.entries[0], held=(), declared=declared, request="GET /v3.1/x")
    known = dataclasses.replace(row, entries=(entry,))

    page = read(html.render(dataclasses.replace(results, histories=(known, *others))))

    [shown] = [one for one in page.all("tbody") if row.clever_id in one.text]
    assert "nothing, as declared" in shown.text
    assert "GET /v3.1/x" not in shown.text


def test_clevers_answer_is_shown_in_the_version_and_the_district_of_the_run(
    results: Results,
) -> None:
    finding = dataclasses.replace(
        next(f for check in results.checks for f in check.findings),
        district="common",
        kind="users",
        day="midyear",
        clever_id="58da8c6b894273be68000000",
        request="GET /v3.0/users?limit=100 (page 1 of 3)",
    )
    check = dataclasses.replace(results.checks[0], findings=(finding,))
    run = dataclasses.replace(results.run, district_salt="f3a91c-2")

    serve, curl = at_clever(dataclasses.replace(results, run=run), check)

    assert "--salt f3a91c-2 --day midyear" in serve
    assert "$CLEVER_API_URL/v3.0/users/" in curl
    assert (
        at_clever(
            dataclasses.replace(results, run=dataclasses.replace(run, district_salt="")), check
        )
        == ()
    )


def test_a_finding_leads_to_the_record_and_to_the_commands_that_show_it(results: Results) -> None:
    check = next(check for check in results.checks if check.edge_case and check.findings)
    known = results.histories[0]
    finding = dataclasses.replace(
        check.findings[0], district="common", clever_id=known.clever_id, kind="users", day="midyear"
    )
    checks = [
        dataclasses.replace(check, findings=(finding,)) if one is check else one
        for one in results.checks
    ]

    page = read(html.render(dataclasses.replace(results, checks=tuple(checks))))

    links = [link.attributes["href"] for link in page.all("a") if link.text == "Day by day"]
    assert links == [f"#record-common-{known.clever_id}"]
    assert f"rosterready replay {check.edge_case}" in page.text
    assert "rosterready serve --seed" in page.text
    assert f'"$CLEVER_API_URL/v3.1/users/{known.clever_id}"' in page.text


def test_what_is_not_met_comes_first(page: Page) -> None:
    [matrix] = [table for table in page.all("table") if "matrix" in table.attributes["class"]]

    assert matrix.text.index("Not met") < matrix.text.index("Met")


def test_a_ready_app_is_told_so_without_open_items(ready: Results) -> None:
    page = read(html.render(ready))

    assert "Ready" in page.all("title")[0].text
    assert "open-items" not in page.ids()
    assert "Nothing. Read the answers once more" in page.text


def test_a_rehearsal_with_nothing_in_it_still_makes_a_report(results: Results) -> None:
    empty = dataclasses.replace(
        results,
        verdict=Verdict.INCOMPLETE,
        exit_code=3,
        requirements=(),
        checks=(),
        edge_cases=(),
        answers=(),
        days=(),
        causes=(),
    )

    page = read(html.render(empty))

    assert page.unbalanced == []
    assert "Nothing was checked" in page.text


def _many(results: Results, number: int, findings: int) -> Results:
    def one(place: int) -> CheckResult:
        pattern = results.checks[place % len(results.checks)]
        identifier = f"{pattern.id}-{place}"
        return dataclasses.replace(
            pattern,
            id=identifier,
            outcome=Outcome.FAIL,
            findings=rehearsal_findings.many_missing(identifier, findings),
        )

    return dataclasses.replace(results, checks=tuple(map(one, range(number))))


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.exhaustive
def test_a_thousand_failing_checks_stay_small_and_quick(results: Results) -> None:
    """Under 5 MB, and rendered for less than 50 times what a report without them takes here."""
    large = _many(results, 1000, 40)
    ordinary = min(_spent(results) for _ in range(3))

    assert min(_spent(large) for _ in range(2)) < 50 * ordinary
    document = html.render(large)
    assert len(document.encode()) < 5_000_000
    assert "and 34 more; results.json has them all" in document


def _spent(results: Results) -> float:
    """The seconds of the processor's time that a report takes, since others share the machine."""
    before = time.process_time()
    html.render(results)
    return time.process_time() - before


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_can_be_read_on_its_ground(scheme: int) -> None:
    style = (TEMPLATES / "html" / "report.css").read_text(encoding="utf-8")
    block = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[scheme]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
    tones = [name.removesuffix("-ink") for name in colours if name.endswith("-ink")]
    pairs = [(ink, ground) for ink in ("ink", "soft", "accent") for ground in ("paper", "card")]
    for tone in tones:
        pairs += [(f"{tone}-ink", ground) for ground in (f"{tone}-tint", "paper", "card")]
    pairs += [("ink", "bad-tint"), ("ink", "warn-tint"), ("soft", "bad-tint")]

    weak = {pair: _contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}

    assert len(tones) == 6
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize(
    ("expected", "found", "left", "right"),
    [
        ("Ms Rivera and Mr Chen", "Ms Rivera", "Ms Rivera and <mark>Mr Chen</mark>", "Ms Rivera"),
        ("a, b", "b, c", "<mark>a</mark>, b", "b, <mark>c</mark>"),
        ("active", "", "active", "<em>nothing</em>"),
        ("", "<x>", "<em>nothing</em>", "&lt;x&gt;"),
        ("", "", "—", "—"),
        ("<x>, y", "y", "<mark>&lt;x&gt;</mark>, y", "y"),
    ],
)
def test_what_the_other_side_lacks_is_marked(
    expected: str, found: str, left: str, right: str
) -> None:
    assert html.sides(expected, found) == (left, right)


def test_a_held_sync_is_labelled_by_how_it_ended(results: Results) -> None:
    [held] = (day for day in results.days if day.before_approval)

    label = labels.of_sync(held)

    assert label.word == "Held for approval, then completed"
    assert label.tone == labels.OUTCOMES[Outcome.PASS].tone


def test_a_requirement_that_is_met_asks_for_nothing(results: Results) -> None:
    rows = tuple(dataclasses.replace(row, remedy="Do this.") for row in results.requirements)

    page = read(html.render(dataclasses.replace(results, requirements=rows)))

    assert "Do this." in page.all("tr", id="R6")[0].text
    assert "Do this." not in page.all("tr", id="R1")[0].text


def test_how_the_app_asks_is_told_without_a_verdict(results: Results) -> None:
    told = html.render(results)
    without = html.render(dataclasses.replace(results, traffic=()))

    assert "How your app reads from Clever" in told
    assert "<dd>up to 4 requests</dd>" in told
    assert "Northwind &lt;b&gt;Reader&lt;/b&gt;/8.1" in told
    assert "How your app reads from Clever" not in without

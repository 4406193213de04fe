"""Feature files as parsed by the official Gherkin parser: scenarios with their place and tags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from gherkin.errors import CompositeParserException, ParserError
from gherkin.parser import Parser

from harness.errors import PlanError


@dataclass(frozen=True, slots=True)
class ParsedStep:
    keyword: str
    """Given, When or Then; And and But count as what stands before them."""
    word: str
    """As written: And stays And."""
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class ParsedScenario:
    file: Path
    rule: str
    name: str
    line: int
    tags: tuple[str, ...]
    """Without the @; the Rule's first."""
    steps: tuple[ParsedStep, ...]


def parse_feature(file: Path) -> Iterator[ParsedScenario]:
    """The scenarios of one feature file, in order; raises PlanError with the line of a mistake."""
    try:
        document = cast(dict[str, Any], Parser().parse(file.read_text(encoding="utf-8")))
    except CompositeParserException as several:
        raise _unreadable(file, several.errors[0]) from None
    except ParserError as one:
        raise _unreadable(file, one) from None
    feature = document.get("feature")
    if not feature:
        raise PlanError("the file has no Feature", file=file, line=1)
    tags = _tags(feature)
    for child in feature["children"]:
        if "rule" in child:
            rule = child["rule"]
            for inner in rule["children"]:
                yield _scenario(file, inner, rule["name"], (*tags, *_tags(rule)))
        else:
            yield _scenario(file, child, "", tags)


def _scenario(
    file: Path, child: dict[str, Any], rule: str, tags: tuple[str, ...]
) -> ParsedScenario:
    if "background" in child:
        line = child["background"]["location"]["line"]
        raise PlanError("a Background hides what a scenario depends on", file=file, line=line)
    scenario = child["scenario"]
    line = scenario["location"]["line"]
    if scenario["examples"]:
        raise PlanError("Examples give several scenarios one name", file=file, line=line)
    return ParsedScenario(
        file=file,
        rule=rule,
        name=scenario["name"],
        line=line,
        tags=tuple(dict.fromkeys((*tags, *_tags(scenario)))),
        steps=tuple(_steps(scenario)),
    )


def _steps(scenario: dict[str, Any]) -> Iterator[ParsedStep]:
    keyword = "Given"
    for step in scenario["steps"]:
        word = step["keyword"].strip()
        keyword = keyword if word in ("And", "But", "*") else word
        yield ParsedStep(keyword, word, step["text"], step["location"]["line"])


def _tags(node: dict[str, Any]) -> tuple[str, ...]:
    return tuple(tag["name"].removeprefix("@") for tag in node["tags"])


def _unreadable(file: Path, error: ParserError) -> PlanError:
    line = (error.location or {}).get("line", 1) if hasattr(error, "location") else 1
    return PlanError(f"not Gherkin: {error}", file=file, line=line)

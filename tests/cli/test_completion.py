"""What a shell is answered that asks what could come next."""

from __future__ import annotations

import pytest

from harness.cli import main


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("rosterready ce", {"certify"}),
        ("rosterready list mu", {"mutants"}),
        ("rosterready replay name-ch", {"name-changes"}),
        ("rosterready certify --only R1", {"R1", "R10"}),
        ("rosterready certify --only standi", {"standing"}),
        ("rosterready certify --adapter demo:never-res", {"demo:never-restores"}),
        ("rosterready certify --adapter sq", {"sql:"}),
        ("rosterready report run --format ann", {"annotations"}),
        ("rosterready docs snap", {"snapshot"}),
        ("rosterready serve --see", {"--seed"}),
    ],
)
def test_a_shell_is_told_what_could_come_next(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: str,
    expected: set[str],
) -> None:
    monkeypatch.setenv("_ROSTERREADY_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))

    with pytest.raises(SystemExit) as left:
        main()

    told = capsys.readouterr()
    assert not left.value.code
    assert set(told.out.split()) == expected
    assert told.err == ""

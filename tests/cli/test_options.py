"""Options stand for the configuration that whoever types them expects."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.cli.options import configuration

OWN = """
[adapter]
spec = "command:mine"
[adapter.options]
path = "/first"
[profile]
app = "Satchel"
not_held.contacts = "We have no parents."
[timeouts]
sync = 7
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "rosterready.toml").write_text(OWN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_another_adapter_is_tried_with_the_same_profile(folder: Path) -> None:
    config = configuration(None, "command:other")

    assert config.adapter == "command:other"
    assert config.profile is not None
    assert "contacts" in config.profile.not_held
    assert config.timeouts.sync == 7
    assert not config.options, "they are about the adapter that the file names"


def test_the_demo_is_not_what_the_configuration_is_about(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = configuration(None, "demo:never-restores")

    assert config.profile is None
    assert "not used for the demo" in capsys.readouterr().err


def test_a_configuration_that_is_named_is_used_for_the_demo_too(folder: Path) -> None:
    config = configuration(folder / "rosterready.toml", "demo")

    assert config.profile is not None
    assert config.adapter == "demo"

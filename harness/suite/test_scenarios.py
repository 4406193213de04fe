"""Binds every scenario of the features folder; collected by `judge`, never by a vendor's pytest."""

from __future__ import annotations

from pytest_bdd import scenarios

from harness.suite import judging

scenarios(str(judging.features()))

"""The versions that CI installs are there for all that the package asks for, and are such as it asks for."""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]


def test_every_dependency_has_a_version_that_is_allowed() -> None:
    lines = (ROOT / ".ci" / "constraints.txt").read_text("utf-8").splitlines()
    pinned = {
        canonicalize_name(name): version
        for name, _, version in (line.partition("==") for line in lines if line and not line.startswith("#"))
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *(one for name in extras if name != "bench" for one in extras[name])]
    needed = [
        one for one in map(Requirement, asked) if one.name != "declutter" and (not one.marker or one.marker.evaluate())
    ]

    assert len(needed) > 30
    wrong = [str(one) for one in needed if not one.specifier.contains(pinned.get(canonicalize_name(one.name), "0"))]
    assert [] == wrong

"""Class and id tokens that indicate a label."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec


@cache
def class_tokens() -> Mapping[str, str]:
    """The label that each class or id token (lower case) indicates; "body" for wrappers of the main content."""
    tokens = msgspec.json.decode((Path(__file__).parent / "classes.json").read_bytes(), type=dict[str, list[str]])
    return MappingProxyType({token: label for label, words in tokens.items() for token in words})

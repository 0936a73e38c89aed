"""What a test needs beside the bare install. Where CI is set it has to be there."""

from __future__ import annotations

import os
from importlib.util import find_spec

import pytest


def needs(package: str) -> pytest.MarkDecorator:
    missing = find_spec(package) is None and os.environ.get("CI") != "true"
    return pytest.mark.skipif(missing, reason=f"{package} is not installed: pip install 'declutter[batch]'")

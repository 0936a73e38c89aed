"""The exit codes, with one meaning in all commands."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """An exit code. click uses OK, FAILED and WRONG_USAGE in the same way."""

    OK = 0
    """Success."""
    FAILED = 1
    """An input failed, or the output could not be written."""
    WRONG_USAGE = 2
    """Usage error: a wrong option, an unusable file of rules, cues or memory, an existing output."""
    NOTHING = 3
    """No result: a single page without an essay or below --min-confidence, a batch without any document."""
    INTERRUPTED = 130
    """By SIGINT: 128 plus the number of the signal, as in shells."""
    TERMINATED = 143
    """By SIGTERM."""

"""What the commands exit with, each code with one meaning in all of them."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """An exit code. click uses OK, FAILED and WRONG_USAGE by itself, for the same."""

    OK = 0
    """All is well."""
    FAILED = 1
    """An input failed, or the output cannot be written."""
    WRONG_USAGE = 2
    """Wrong usage: an option, an input that is not there in any form, a file of rules, cues or a memory that cannot be
    used, an output that is there already."""
    NOTHING = 3
    """Nothing was found: a single page without an essay or set aside as doubtful, a batch without one document."""
    INTERRUPTED = 130
    """By SIGINT: 128 and the number of the signal, as shells have it."""
    TERMINATED = 143
    """By SIGTERM."""

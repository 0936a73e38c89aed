from __future__ import annotations

import signal


def pytest_configure() -> None:
    # A shell that runs the tests in the background has them ignore interrupts, and what they start would do so too.
    signal.signal(signal.SIGINT, signal.default_int_handler)

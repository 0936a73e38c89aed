from __future__ import annotations

import signal

from hypothesis import HealthCheck, settings

# No test is timed: a busy machine would fail it.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_configure() -> None:
    # A shell that runs the tests in the background has them ignore interrupts, and what they start would do so too.
    signal.signal(signal.SIGINT, signal.default_int_handler)

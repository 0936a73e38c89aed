"""Makes SIGTERM end a command like Ctrl-C: files are closed, half-written ones removed."""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType
from typing import Self

from declutter.cli.exit_codes import ExitCode


class Termination:
    """Turns SIGTERM into KeyboardInterrupt inside its context, and remembers which of the two it was."""

    def __init__(self) -> None:
        self.exit_code = ExitCode.INTERRUPTED
        self._before: signal._HANDLER = None
        self._process = os.getpid()

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():  # only there can signals be handled
            self._before = signal.signal(signal.SIGTERM, self._pass_on)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGTERM, self._before)

    @property
    def name(self) -> str:
        """How the command ended."""
        return "interrupted" if self.exit_code == ExitCode.INTERRUPTED else "terminated"

    def _pass_on(self, number: int, frame: FrameType | None) -> None:
        if os.getpid() != self._process:  # a forked worker: its parent ends it, and has nothing to close
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
            return
        self.exit_code = ExitCode.TERMINATED
        interrupt = signal.getsignal(signal.SIGINT)
        if not callable(interrupt):  # Ctrl-C is ignored, as in the background of a shell script
            raise KeyboardInterrupt
        interrupt(signal.SIGINT, frame)

"""Starting worker processes that do not run the caller's script again, and ignore Ctrl-C in a terminal."""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import signal
import sys
from collections.abc import Iterator
from multiprocessing import resource_tracker
from typing import Any

from declutter.errors import WorkerError


def worker_context() -> Any:  # noqa: ANN401 - the contexts of multiprocessing have no common type
    """A multiprocessing context that starts fresh processes, from a fork server if the system has one.

    Raises WorkerError if this process may not start any.
    """
    if multiprocessing.current_process().daemon:
        raise WorkerError(
            "this process is a worker of a multiprocessing pool, which may not start workers of its own; "
            "call extract() here, or use concurrent.futures.ProcessPoolExecutor for the outer pool"
        )
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context: Any = multiprocessing.get_context(method)
    context.set_forkserver_preload(["declutter.batch.preload"])
    return context


def needs_main(value: object) -> bool:
    """Whether unpickling a value requires the caller's script: an instance of a class that the script defines."""
    return b"__main__" in pickle.dumps(value)


@contextlib.contextmanager
def without_main() -> Iterator[None]:
    """Keep processes started in this context from importing the caller's `__main__`.

    multiprocessing makes each new process run the script again. That fails for scripts from standard input and for
    those that do not guard the call with `if __name__ == "__main__":`, and it costs the script's imports.
    multiprocessing finds the script by the two attributes that this removes.
    """
    main = sys.modules["__main__"]
    missing = object()
    before = {name: getattr(main, name, missing) for name in ("__file__", "__spec__")}
    main.__file__ = main.__spec__ = None
    try:
        yield
    finally:
        for name, value in before.items():
            if value is missing:
                delattr(main, name)
            else:
                setattr(main, name, value)


@contextlib.contextmanager
def deaf_children() -> Iterator[None]:
    """Keep processes started in this context from ever receiving a terminal's Ctrl-C.

    A blocked signal stays blocked in child processes; in this process it is delivered a moment later.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # started later, it would unblock the signal again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

"""The loop of a worker process: items in through a pipe, rows out, within limits of time and memory."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from multiprocessing.connection import Connection
from typing import Final, NamedTuple, NoReturn

import msgspec

from declutter.batch.encoders import Piece
from declutter.batch.items import Item
from declutter.batch.rows import failed
from declutter.batch.work import Work
from declutter.errors import PageMemoryError

LEAVING: Final = 75
"""Exit code of a worker that had a page too large for it."""

_GRACE: Final = 5.0  # seconds


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """Limits per page. page_timeout: seconds. page_memory: bytes in addition to the worker's own; Linux only."""

    page_timeout: float = 60.0
    page_memory: int = 2_000_000_000


class Answer(NamedTuple):
    """An answer of a worker: an item is done (`is_item`), with the rows that are ready; or the rest of a chunk."""

    piece: Piece | None
    is_item: bool


def serve(pipe: Connection, work: Work, bounds: Bounds) -> None:
    """Work on items from the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all processes, and the pool decides
    with contextlib.suppress(EOFError, OSError):
        worker = work.worker()
        _bound_memory(bounds.page_memory)
        pipe.send(None)
        while True:
            items: list[Item] = pipe.recv()
            for item in items:
                _bound_time(bounds.page_timeout)
                try:
                    piece = worker.add(item)
                except MemoryError:
                    _leave(pipe, worker.rest(), work, item, bounds)
                _bound_time(0)  # the pool may not read for a while, if its output is a pager
                pipe.send(Answer(piece, is_item=True))
            if (rest := worker.rest()) is not None:
                pipe.send(Answer(rest, is_item=False))


def _leave(pipe: Connection, rest: Piece | None, work: Work, item: Item, bounds: Bounds) -> NoReturn:
    """Return what is done, report an item as too large, and exit, because the memory is fragmented."""
    if rest is not None:
        pipe.send(Answer(rest, is_item=False))
    error = PageMemoryError(
        f"it takes more than {bounds.page_memory / 1e6:,.0f} MB; raise page_memory, or skip the page"
    )
    encoder = work.encoder()
    piece = encoder.add(failed(item.name, error)) or encoder.rest()
    pipe.send(Answer(piece, is_item=True))
    pipe.close()
    os._exit(LEAVING)


def _bound_memory(bytes_: int) -> None:
    """Let the process allocate that much more than it has now. Only Linux has a limit on memory in use."""
    if sys.platform != "linux":
        return
    import resource

    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - no file
        has = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmData:"))
    resource.setrlimit(resource.RLIMIT_DATA, (has + bytes_, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _bound_time(page_timeout: float) -> None:
    """Let the system kill the process some time after the pool should have, in case the pool is gone."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 2 * page_timeout + _GRACE if page_timeout else 0)

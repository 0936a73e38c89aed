"""Worker processes that take whatever happens to them: a page that hangs, one that eats the memory, a kill.

Each worker has a pipe of its own. The pools that there are (concurrent.futures, multiprocessing's, pebble's) share one
between all workers: one that is killed while it writes leaves half a message in it, or a lock that nobody opens again,
and all is over. Here a worker's end costs the item it was at; whatever else it had is given to another.

An item that outlasts its time is to blame. One whose worker died otherwise is tried a second time, alone, since the
kill may not have been for it; then it is to blame too.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn, Self

import msgspec

from declutter.batch.encoders import Piece
from declutter.batch.items import Item
from declutter.batch.rows import Row, RowError, failed
from declutter.batch.starting import deaf_children, needs_main, without_main, worker_context
from declutter.batch.work import Work
from declutter.errors import PageMemoryError, PageTimeoutError, WorkerError

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_log: Final = logging.getLogger(__name__)

_MAX_ITEMS: Final = 16
_MAX_BYTES: Final = 1 << 20
"""Of a chunk: as many items as make the way to a worker and back cost next to nothing."""
_MAX_STARTS: Final = 3
_MAX_TRIES: Final = 2
_LEAVING: Final = 75
"""Exit code of a worker that has had a page too large for it, and says so."""
_PATIENCE: Final = 60.0  # seconds for a worker to start
_GRACE: Final = 5.0
_ASLEEP: Final = 2.0
"""Seconds later than asked that a wait may end; beyond it the machine, or all of us, have been suspended."""


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """What one page may take.

    page_timeout: seconds. page_memory: bytes beyond what a worker takes by itself; enforced on Linux.
    """

    page_timeout: float = 60.0
    page_memory: int = 2_000_000_000


class Ticket(NamedTuple):
    """An item in the pool. number: its place among all. tries: how often a worker has died on it."""

    number: int
    item: Item
    tries: int = 0


class Settled(NamedTuple):
    """What became of items that follow each other: their rows as a piece."""

    tickets: tuple[Ticket, ...]
    piece: Piece


class _Answer(NamedTuple):
    """What a worker says: of an item that it is done, with the rows there are to give, or of the chunk's rest."""

    piece: Piece | None
    is_item: bool


class Pool:
    """A number of worker processes; a context manager. All is done by whoever calls `wait`; there are no threads."""

    def __init__(self, jobs: int, *, work: Work, bounds: Bounds) -> None:
        self.deaths = 0
        self._work = work
        self._bounds = bounds
        self._encoder = work.encoder()
        self._waiting: deque[Ticket] = deque()
        self._failed_starts = 0
        self._context = worker_context()
        self._main = contextlib.nullcontext if needs_main(work.options) else without_main
        _log.info("%d workers, started by %s", jobs, self._context.get_start_method())
        self._hands = [self._hire() for _ in range(jobs)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for hand in self._hands:
            hand.dismiss()

    @property
    def room(self) -> int:
        """How many items more keep all workers busy."""
        return len(self._hands) * 2 * _MAX_ITEMS - len(self._waiting)

    @property
    def busy(self) -> bool:
        """Whether there is work, under way or waiting."""
        return bool(self._waiting) or any(hand.tickets for hand in self._hands)

    def put(self, ticket: Ticket) -> Settled | None:
        """Give an item to be worked on; what has failed already is settled at once."""
        if isinstance(ticket.item.source, RowError):
            return self._settle(ticket, Row(input=ticket.item.name, error=ticket.item.source))
        self._waiting.append(ticket)
        return None

    def wait(self, wakers: list[Any], timeout: float) -> Iterator[Settled]:
        """Hand out what waits, and give what is settled as soon as something is, or a waker wakes, or time is up."""
        self._hand_out()
        now = time.monotonic()
        until = min([now + timeout, *(hand.deadline for hand in self._hands if hand.is_busy)])
        events: dict[Any, _Hand] = {}
        for hand in self._hands:
            events[hand.pipe] = events[hand.process.sentinel] = hand
        ready = wait([*events, *wakers], max(0.0, until - now))
        late = time.monotonic() - max(until, now)
        if late > _ASLEEP:
            for hand in self._hands:
                hand.deadline += late
        for hand in {id(events[one]): events[one] for one in ready if one in events}.values():
            yield from self._attend(hand)
        now = time.monotonic()
        for hand in tuple(self._hands):
            if hand.is_busy and hand.deadline < now and not hand.pipe.poll():
                yield from self._end(hand, timed_out=True)

    def _attend(self, hand: _Hand) -> Iterator[Settled]:
        """Take what a worker has to say, and replace it where it is no more."""
        while True:
            try:
                if not hand.pipe.poll() and hand.process.is_alive():
                    return
                answer = hand.pipe.recv()
            except (EOFError, OSError):  # its end, perhaps in the middle of a word
                yield from self._end(hand, timed_out=False)
                return
            if answer is None:
                hand.is_ready = True
                _log.debug("worker %s is ready", hand.process.pid)
                self._failed_starts = 0
                continue
            if answer.is_item:
                hand.at += 1
            if answer.piece is not None:
                count = len(answer.piece.notes)
                settled, hand.tickets = hand.tickets[:count], hand.tickets[count:]
                hand.at -= count
                yield Settled(settled, answer.piece)
            hand.deadline = time.monotonic() + self._bounds.page_timeout
            if not hand.tickets:
                self._hand_out()

    def _end(self, hand: _Hand, *, timed_out: bool) -> Iterator[Settled]:
        """Replace a worker that hangs or is no more, and decide what becomes of what it had."""
        self._hands.remove(hand)
        number = hand.process.pid
        code = hand.dismiss()
        why = (
            "a page took too long" if timed_out else "a page took too much memory" if code == _LEAVING else _said(code)
        )
        _log.info("worker %s is replaced: %s", number, why)
        if not hand.is_ready:
            self._fail_start(_said(code))
        self._hands.append(self._hire())
        if code == _LEAVING:
            self._waiting.extendleft(reversed(hand.tickets))
            return
        self.deaths += 1
        suspects = hand.tickets[hand.at : hand.at + 1] or hand.tickets  # the one it was at; or all, being encoded
        kept: list[Ticket] = []
        for ticket in hand.tickets:
            if ticket not in suspects:
                kept.append(ticket)
            elif timed_out and len(suspects) == 1:
                yield self._settle(ticket, failed(ticket.item.name, self._late()))
            elif ticket.tries + 1 >= _MAX_TRIES and len(hand.tickets) == 1:
                error = WorkerError(f"its worker process died twice ({_said(code)})")
                yield self._settle(ticket, failed(ticket.item.name, error))
            else:
                kept.append(ticket._replace(tries=ticket.tries + 1))
        self._waiting.extendleft(reversed(kept))

    def _late(self) -> PageTimeoutError:
        return PageTimeoutError(
            f"not done within {self._bounds.page_timeout:g} s; raise page_timeout, or skip the page"
        )

    def _settle(self, ticket: Ticket, row: Row) -> Settled:
        piece = self._encoder.add(row) or self._encoder.rest()
        assert piece is not None
        return Settled((ticket,), piece)

    def _hand_out(self) -> None:
        for hand in self._hands:
            if not self._waiting:
                return
            if hand.is_ready and not hand.tickets:
                chunk = self._chunk()
                _log.debug("worker %s is given %d pages from %s on", hand.process.pid, len(chunk), chunk[0].item.name)
                hand.give(chunk, self._bounds.page_timeout)

    def _chunk(self) -> tuple[Ticket, ...]:
        """Items that follow each other, some for each worker where there are few; a suspect goes alone."""
        waiting = self._waiting
        chunk = [waiting.popleft()]
        size = chunk[0].item.size
        most = min(_MAX_ITEMS, 1 + len(waiting) // (2 * len(self._hands)))
        while waiting and len(chunk) < most and not chunk[0].tries:
            ticket = waiting[0]
            size += ticket.item.size
            if ticket.tries or size > _MAX_BYTES or ticket.number != chunk[-1].number + 1:
                break
            chunk.append(waiting.popleft())
        return tuple(chunk)

    def _hire(self) -> _Hand:
        while True:
            ours, theirs = self._context.Pipe()
            arguments = (theirs, self._work, self._bounds)
            process = self._context.Process(target=_serve, args=arguments, name="declutter worker", daemon=True)
            try:
                with deaf_children(), self._main():
                    process.start()
            except OSError as error:  # too many processes, or it died while it was told what to do
                self._fail_start(str(error))
                continue
            finally:
                theirs.close()
            return _Hand(process, ours)

    def _fail_start(self, why: str) -> None:
        self._failed_starts += 1
        if self._failed_starts >= _MAX_STARTS:
            raise WorkerError(f"no worker process could be started ({why})")


class _Hand:
    """A worker as its employer sees it.

    tickets: what it has. at: how many of these it has done without giving their rows. deadline: when it has to say
    something next, where it has something to do.
    """

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe
        self.tickets: tuple[Ticket, ...] = ()
        self.at = 0
        self.is_ready = False
        self.deadline = time.monotonic() + _PATIENCE

    @property
    def is_busy(self) -> bool:
        return bool(self.tickets) or not self.is_ready

    def give(self, tickets: tuple[Ticket, ...], page_timeout: float) -> None:
        self.tickets, self.at = tickets, 0
        self.deadline = time.monotonic() + page_timeout
        with contextlib.suppress(OSError):  # it is no more; that shows when it is waited for
            self.pipe.send([ticket.item for ticket in tickets])

    def dismiss(self) -> int | None:
        """End it, whatever it is at. Return its exit code."""
        code = self.process.exitcode
        if code is None:
            self.process.join(0.2 if _is_closed(self.pipe) else 0)
            code = self.process.exitcode
        self.process.kill()
        self.process.join(_GRACE)
        with contextlib.suppress(ValueError):  # the system has not let go of it yet
            self.process.close()
        self.pipe.close()
        return code


def _is_closed(pipe: Connection) -> bool:
    """Whether the other end is closed: then its process is ending by itself, and its exit code says why."""
    try:
        return pipe.poll() and not pipe.recv_bytes()
    except (EOFError, OSError):
        return True


def _said(code: int | None) -> str:
    if code is None:
        return "it did not answer"
    if code < 0:
        with contextlib.suppress(ValueError):
            return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"


# --- In the worker process ----------------------------------------------------------------------------------------


def _serve(pipe: Connection, work: Work, bounds: Bounds) -> None:
    """Work on what comes through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; whoever employs us decides
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
                _bound_time(0)  # nobody may be listening for a while: a pager, say, that shows what was written
                pipe.send(_Answer(piece, is_item=True))
            if (rest := worker.rest()) is not None:
                pipe.send(_Answer(rest, is_item=False))


def _leave(pipe: Connection, rest: Piece | None, work: Work, item: Item, bounds: Bounds) -> NoReturn:
    """Say what has been done, and that an item is too large; then go: what is left of the memory is in pieces."""
    if rest is not None:
        pipe.send(_Answer(rest, is_item=False))
    error = PageMemoryError(
        f"it takes more than {bounds.page_memory / 1e6:,.0f} MB; raise page_memory, or skip the page"
    )
    encoder = work.encoder()
    piece = encoder.add(failed(item.name, error)) or encoder.rest()
    pipe.send(_Answer(piece, is_item=True))
    pipe.close()
    os._exit(_LEAVING)


def _bound_memory(bytes_: int) -> None:
    """Let the process take so much beyond what it has now. Linux alone has a bound that counts what is used."""
    if sys.platform != "linux":
        return
    import resource

    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123 - no file
        has = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmData:"))
    resource.setrlimit(resource.RLIMIT_DATA, (has + bytes_, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _bound_time(page_timeout: float) -> None:
    """Have the system end the process some time after whoever employs us should have: perhaps they are no more."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 2 * page_timeout + _GRACE if page_timeout else 0)

"""A pool of worker processes that survives pages that hang or exhaust memory, and killed workers.

Each worker has its own pipe. Other pools (concurrent.futures, multiprocessing, pebble) share one between all workers,
so that a worker killed while writing leaves half a message or a held lock behind, and the pool breaks. Here a dead
worker costs only the item it was working on; its other items go to another worker.

An item that exceeds its time limit fails. One whose worker died for another reason is retried once, alone, because the
death may have had nothing to do with it; then it fails, too.
"""

from __future__ import annotations

import contextlib
import logging
import signal
import time
from collections import deque
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from declutter.batch.encoders import Piece
from declutter.batch.items import Item
from declutter.batch.rows import Row, RowError, failed
from declutter.batch.serving import LEAVING, Bounds, serve
from declutter.batch.starting import deaf_children, needs_main, without_main, worker_context
from declutter.batch.work import Work
from declutter.errors import PageTimeoutError, WorkerError

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_log: Final = logging.getLogger(__name__)

_MAX_ITEMS: Final = 16
_MAX_BYTES: Final = 1 << 20
"""Of a chunk: enough items to make the round trip to a worker cheap in comparison."""
_MAX_STARTS: Final = 3
_MAX_TRIES: Final = 2
_PATIENCE: Final = 60.0  # seconds for a worker to start
_GRACE: Final = 5.0
_ASLEEP: Final = 2.0
"""Seconds by which a wait may be late. If it is later, the machine or this process has been suspended."""


class Ticket(NamedTuple):
    """An item in the pool. number: its position among all items. tries: how many workers have died on it."""

    number: int
    item: Item
    tries: int = 0


class Settled(NamedTuple):
    """The results of consecutive items: their rows, as a piece."""

    tickets: tuple[Ticket, ...]
    piece: Piece


class Pool:
    """A pool of worker processes; a context manager. It has no threads: all its work is done inside `wait`."""

    def __init__(self, jobs: int, *, work: Work, bounds: Bounds) -> None:
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
        """How many more items it takes to keep all workers busy."""
        return len(self._hands) * 2 * _MAX_ITEMS - len(self._waiting)

    @property
    def busy(self) -> bool:
        """Whether any item is waiting or being worked on."""
        return bool(self._waiting) or any(hand.tickets for hand in self._hands)

    def put(self, ticket: Ticket) -> Settled | None:
        """Queue an item; one that has already failed is settled at once."""
        if isinstance(ticket.item.source, RowError):
            return self._settle(ticket, Row(input=ticket.item.name, error=ticket.item.source))
        self._waiting.append(ticket)
        return None

    def wait(self, wakers: list[Any], timeout: float) -> Iterator[Settled]:
        """Hand out items, and yield results as soon as there are any, or until a waker is readable or time is up."""
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
        """Receive a worker's answers, and replace the worker if it has died."""
        while True:
            try:
                if not hand.pipe.poll() and hand.process.is_alive():
                    return
                answer = hand.pipe.recv()
            except (EOFError, OSError):  # end of file, perhaps in the middle of a message
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
        """Replace a worker that hangs or has died, and decide about its items."""
        self._hands.remove(hand)
        number = hand.process.pid
        code = hand.dismiss()
        why = (
            "a page took too long"
            if timed_out
            else "a page took too much memory"
            if code == LEAVING
            else _exit_reason(code)
        )
        _log.info("worker %s is replaced: %s", number, why)
        if not hand.is_ready:
            self._fail_start(_exit_reason(code))
        self._hands.append(self._hire())
        if code == LEAVING:
            self._waiting.extendleft(reversed(hand.tickets))
            return
        suspects = hand.tickets[hand.at : hand.at + 1] or hand.tickets  # the one in progress, or all while encoding
        kept: list[Ticket] = []
        for ticket in hand.tickets:
            if ticket not in suspects:
                kept.append(ticket)
            elif timed_out and len(suspects) == 1:
                yield self._settle(ticket, failed(ticket.item.name, self._late()))
            elif ticket.tries + 1 >= _MAX_TRIES and len(hand.tickets) == 1:
                error = WorkerError(f"its worker process died twice ({_exit_reason(code)})")
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
        """Consecutive items, shared evenly if there are few; a retried item goes alone."""
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
            process = self._context.Process(target=serve, args=arguments, name="declutter worker", daemon=True)
            try:
                with deaf_children(), self._main():
                    process.start()
            except OSError as error:  # too many processes, or it died while receiving its task
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
    """A worker, seen from the pool.

    tickets: its items. at: how many of them it has done without returning their rows. deadline: when its next answer is
    due, if it is busy.
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
        with contextlib.suppress(OSError):  # it has died, which is noticed when it is waited for
            self.pipe.send([ticket.item for ticket in tickets])

    def dismiss(self) -> int | None:
        """Kill the worker. Return its exit code."""
        code = self.process.exitcode
        if code is None:
            self.process.join(0.2 if _is_closed(self.pipe) else 0)
            code = self.process.exitcode
        self.process.kill()
        self.process.join(_GRACE)
        with contextlib.suppress(ValueError):  # the system has not released it yet
            self.process.close()
        self.pipe.close()
        return code


def _is_closed(pipe: Connection) -> bool:
    """Whether the other end is closed, so that the process is exiting by itself with a meaningful exit code."""
    try:
        return pipe.poll() and not pipe.recv_bytes()
    except (EOFError, OSError):
        return True


def _exit_reason(code: int | None) -> str:
    if code is None:
        return "it did not answer"
    if code < 0:
        with contextlib.suppress(ValueError):
            return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"

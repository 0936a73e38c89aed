"""The time limit of a page, checked between the steps of each stage and every few hundred iterations of its loops.

It is measured in processor time of the calling thread. It needs no signal and no other thread, so it works wherever
`extract` runs, and is not affected by a busy or suspended machine or a changed clock.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Self, TypeVar

from declutter.errors import OutOfTimeError

if TYPE_CHECKING:
    from declutter.options import Limits

_Item = TypeVar("_Item")
_EVERY: Final = 250


class Deadline:
    """A point in this thread's time. `subject` names the page in errors. `passed`: whether something ended early."""

    def __init__(
        self, begin: float, seconds: float, *, share: float = 1.0, stops: bool = False, subject: str | None = None
    ) -> None:
        self._begin, self._seconds, self._share, self._stops, self._subject = begin, seconds, share, stops, subject
        self.passed: bool = False

    @classmethod
    def of(cls, limits: Limits, *, subject: str | None) -> Deadline:
        """The deadline of a page that starts now; without a limit it never passes, and no clock is read."""
        return NEVER if limits.seconds is None else cls(time.thread_time(), limits.seconds, subject=subject)

    def at(self, share: float, *, stops: bool = False) -> Self:
        """The deadline after a share of the time. stops: `watch` ends there, instead of raising."""
        return type(self)(self._begin, self._seconds, share=share, stops=stops, subject=self._subject)

    def check(self) -> None:
        """Raise OutOfTimeError, a LimitError, if the deadline has passed."""
        spent = time.thread_time() - self._begin
        if spent > self._share * self._seconds:
            what = f"{spent:.2f} s of processor time"
            raise OutOfTimeError.over(what, bound="seconds", allowed=self._seconds, subject=self._subject)

    def watch(self, items: Iterable[_Item], *, every: int = _EVERY) -> Iterable[_Item]:
        """The items, checking the deadline every few hundred of them."""
        for number, item in enumerate(items):
            if number % every == every - 1 and self.stops():
                return
            yield item

    def stops(self) -> bool:
        """Whether `watch` would end now. Raises OutOfTimeError if the deadline has passed and does not stop."""
        try:
            self.check()
        except OutOfTimeError:
            if not self._stops:
                raise
            self.passed = True
        return self.passed


class _Never(Deadline):
    """A deadline that never passes and costs nothing."""

    def __reduce__(self) -> str:
        return "NEVER"

    def at(self, share: float, *, stops: bool = False) -> Self:  # noqa: ARG002 - of all time
        return self

    def check(self) -> None:
        pass

    def watch(self, items: Iterable[_Item], *, every: int = _EVERY) -> Iterable[_Item]:  # noqa: ARG002 - none is late
        return items

    def stops(self) -> bool:
        return False


NEVER: Final[Deadline] = _Never(0.0, 0.0)

"""Everything declutter raises on purpose.

DeclutterError
├── FetchError            a page could not be fetched (subclasses: declutter.fetcher.errors)
├── DecodeError           the bytes cannot be decoded with the encoding that the caller named
├── NotAPageError         the input is a PDF, an image, an archive …, not HTML or text
├── LimitError            the input is larger, deeper or slower than `Limits` allows
│   ├── OutOfTimeError    a page took more processor time than `Limits.seconds`
│   ├── PageTimeoutError  a page of a batch took longer than `page_timeout`
│   └── PageMemoryError   a page of a batch took more memory than `page_memory`
├── RulesError            a file of rules, cues or site memory cannot be used
├── FieldError            an unknown field was requested, or JSON is not a complete document
├── InputError            a file that should hold pages is damaged, or holds none where expected
├── OutputError           the output of a batch cannot be started or continued
├── WorkerError           a worker process of a batch died on a page, or none can be started
└── MissingExtraError     a feature needs an optional dependency

The classes differ by what the caller would do next. Each message names the input and what to do about it.
Files that cannot be opened or written raise OSError; arguments of a wrong type or value raise TypeError or ValueError.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import ClassVar, Self


class DeclutterError(Exception):
    """Base of all errors that declutter raises on purpose.

    `subject` names what failed: a path, a URL, a record id; None if the caller passed bare bytes or text.
    """

    def __init__(self, message: str, *, subject: str | None = None) -> None:
        super().__init__(message)
        self.subject = subject

    def __str__(self) -> str:
        message = super().__str__()
        return message if self.subject is None else naming(self.subject, message)

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions cross process borders in batches; the default reduction would drop the keyword argument.
        return _rebuild, (type(self), self.args, self.__dict__)


def naming(subject: str, message: str) -> str:
    """The message, which begins with the subject unless it names it already."""
    subject = subject or "''"
    # A sentence with the word `a` or `PDF` does not name a file called so; one with its dot or slash does.
    is_named = message.startswith(f"{subject}: ") or (subject in message and any(mark in subject[1:] for mark in "./"))
    return message if is_named else f"{subject}: {message}"


def no_such(kind: str, names: Iterable[str], known: Collection[str]) -> str:
    """The message for unknown names of a kind ("field"): what they may have meant, or all known names."""
    import difflib

    meant = {name: difflib.get_close_matches(name, list(known), n=1) for name in names}
    said = ", ".join(f"{name} (did you mean {near[0]}?)" if near else name for name, near in meant.items())
    return f"no such {kind}: {said}" + ("" if all(meant.values()) else f"; choose from {', '.join(known)}")


def _rebuild(kind: type[DeclutterError], args: tuple[object, ...], state: dict[str, object]) -> DeclutterError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class FetchError(DeclutterError):
    """A page could not be fetched. `passing`: whether a retry may help."""

    passing: ClassVar[bool] = False


class DecodeError(DeclutterError):
    """The bytes cannot be decoded with the encoding that the caller named, usually because its name is unknown."""


class NotAPageError(DeclutterError):
    """The input is binary (a PDF, an image, an archive …); declutter reads HTML and plain text."""


class LimitError(DeclutterError):
    """The input exceeds one of the `Limits`; raise the limit, or set `Limits(over="truncate")`.

    bound: the name of the limit (`max_bytes`); None if it is not one of `Limits`.
    """

    bound: str | None = None

    @classmethod
    def over(cls, what: str, *, bound: str, allowed: float, subject: str | None) -> Self:
        """The error of a page that exceeds one of `Limits`. what: the amount that it has."""
        way_out = "raise it, or truncate the page"
        error = cls(f"the page is over a limit ({what}, {bound} is {allowed:,}); {way_out}", subject=subject)
        error.bound = bound
        return error


class OutOfTimeError(LimitError):
    """A page took more processor time than `Limits.seconds`; raise it, or set `Limits(over="truncate")`."""


class PageTimeoutError(LimitError):
    """A page of a batch took longer than `page_timeout`; its worker process was killed."""


class PageMemoryError(LimitError):
    """A page of a batch took more memory than `page_memory`; its worker process was replaced."""


class FieldError(DeclutterError, ValueError):
    """An unknown field was requested, or JSON lacks a field of documents; the message names them."""


class InputError(DeclutterError):
    """A file that should hold pages is damaged, or holds none where expected."""


class OutputError(DeclutterError):
    """The output of a batch cannot be started or continued; the message says why."""


class WorkerError(DeclutterError):
    """A worker process of a batch died twice on the same page, or none can be started."""


class RulesError(DeclutterError):
    """A file of cues, rules or site memory cannot be used; the message names the file and the place in it."""


class MissingExtraError(DeclutterError):
    """A feature needs an optional dependency; the message names the extra."""

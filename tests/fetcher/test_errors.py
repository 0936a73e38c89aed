"""Errors say what the caller can do, and travel."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

import declutter
from declutter.errors import FetchError
from declutter.fetcher import FetchOptions, errors

KINDS = sorted(
    {kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, FetchError)} - {FetchError},
    key=lambda kind: kind.__name__,
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_stands_in_the_tree(kind: type[FetchError]) -> None:
    assert errors.__doc__ is not None
    assert kind.__name__ in errors.__doc__.split()


@pytest.mark.parametrize("kind", KINDS)
def test_errors_cross_process_borders(kind: type[FetchError]) -> None:
    error = kind("went wrong", subject="https://a.test/")

    again = pickle.loads(pickle.dumps(error))

    assert (kind, "https://a.test/: went wrong", error.passing) == (type(again), str(again), again.passing)


def test_what_a_busy_server_said_crosses_too() -> None:
    error = errors.BusyError("busy", subject="https://a.test/", status=429, retry_after=7.0)

    again = pickle.loads(pickle.dumps(error))

    assert (429, 7.0) == (again.status, again.retry_after)


@pytest.mark.parametrize(
    "bad",
    [
        {"timeout": 0},
        {"timeout": float("nan")},
        {"per_host": 0},
        {"in_flight": 0},
        {"max_bytes": -1},
        {"retries": -1},
        {"user_agent": " "},
        {"user_agent": "two\nlines"},
        {"user_agent": "é"},
        {"headers": {"no name": "x"}},
        {"headers": {"": "x"}},
        {"headers": {"x": "two\nlines"}},
        {"proxy": "somewhere"},
        {"proxy": "gopher://a:1"},
        {"proxy": "http://[a"},
        {"proxy": "http://a:99999"},
    ],
)
def test_options_that_make_no_sense_are_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(bad))):
        FetchOptions(**bad)


def test_arguments_of_other_types_are_refused_by_name() -> None:
    with pytest.raises(TypeError, match="url must be a str, not 7"):
        declutter.fetch(7)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="options must be a FetchOptions, not ExtractOptions"):
        declutter.fetch("https://a.example/", options=declutter.DEFAULT_OPTIONS)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="headers: 'x-number': 5 is not a pair of str"):
        FetchOptions(headers={"x-number": 5})  # type: ignore[dict-item]


def test_an_empty_address_is_named_as_one() -> None:
    with pytest.raises(errors.BadAddressError, match="^'': not a URL$"):
        declutter.fetch("")

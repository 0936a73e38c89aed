"""Work that goes wrong, by what its items say; for workers, which are processes of their own."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import msgspec

from declutter.batch.encoders import Encoder, Form, Piece, encoder
from declutter.batch.items import Item
from declutter.batch.rows import Row
from declutter.options import DEFAULT_OPTIONS, ExtractOptions


class Faulty(msgspec.Struct, frozen=True, kw_only=True):
    form: Form = "row"
    options: ExtractOptions = DEFAULT_OPTIONS
    start: str = ""

    def worker(self) -> _Worker:
        _do(self.start)
        return _Worker(self.encoder())

    def encoder(self) -> Encoder:
        return encoder(self.form, ("title",))


class _Worker:
    def __init__(self, encode: Encoder) -> None:
        self._encode = encode

    def add(self, item: Item) -> Piece | None:
        assert isinstance(item.source, str)
        _do(item.source)
        return self._encode.add(Row(input=item.name, json=b'{"schema":"declutter/1","title":"done"}'))

    def rest(self) -> Piece | None:
        return self._encode.rest()


def _do(what: str) -> None:
    word, _, argument = what.partition(" ")
    match word:
        case "nap":
            time.sleep(float(argument))
        case "hang":
            while True:
                time.sleep(60)
        case "spin":
            while True:
                pass
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "die-once":
            if not Path(argument).exists():
                Path(argument).touch()
                os.kill(os.getpid(), signal.SIGKILL)
        case "eat":
            full = []
            while True:
                full.append(bytearray(10_000_000))
        case "exit":
            os._exit(3)

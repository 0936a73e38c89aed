"""An HTTP cache on disk (RFC 9111) in front of a transport."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import httpx
from hishel import AsyncSqliteStorage, CacheOptions
from hishel.httpx import AsyncCacheTransport

from declutter.errors import DeclutterError

_STORAGE_LOG: Final = "hishel._core._storages._async_sqlite"


def cached(transport: httpx.AsyncBaseTransport, folder: str, *, allow_private: bool) -> httpx.AsyncBaseTransport:
    """A private cache in front of a transport. Raises DeclutterError if the folder holds no usable cache.

    Responses fetched while private addresses were allowed are stored separately, and are not used when they are not.
    """
    path = Path(folder) / ("http-cache-private.sqlite" if allow_private else "http-cache.sqlite")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path)) as database:
            # The library continues without a cache that it cannot read, but complains at every page.
            database.execute("PRAGMA schema_version")
    except (sqlite3.Error, OSError) as error:
        message = f"this cache cannot be used: {error}; delete it, or choose another directory"
        raise DeclutterError(message, subject=folder) from error
    log = logging.getLogger(_STORAGE_LOG)
    log.addFilter(_ONCE)
    return AsyncCacheTransport(transport, AsyncSqliteStorage(database_path=path), rfc=CacheOptions(shared=False))


class _Once(logging.Filter):
    """Logs each problem of the library once, in one line.

    If the disk is full, the file damaged or locked by another process, the library continues without the cache, but
    logs a traceback for each page.
    """

    def __init__(self) -> None:
        super().__init__()
        self._logged: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        reason = record.exc_info[1] if record.exc_info else None
        message = record.getMessage() if reason is None else f"{record.getMessage()}: {reason}"
        if message in self._logged:
            return False
        self._logged.add(message)
        record.msg, record.args, record.exc_info = message, None, None
        return True


_ONCE: Final = _Once()

"""What the pages of a site have in common, learned from any number of them in any order.

Only fingerprints of blocks are kept, by page, and no text. Which blocks belong to the essay is decided when a page is
looked up: a block that also occurs on pages with other essays is not part of the essay, and pages with the same essay
under another URL say nothing.
"""

from __future__ import annotations

from heapq import nsmallest
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Final

from declutter.memory import file
from declutter.memory.prints import block_prints, pack, page_print, site_of
from declutter.memory.site import Site
from declutter.options import DEFAULT_OPTIONS, ExtractOptions

if TYPE_CHECKING:
    from os import PathLike

    from declutter.memory.file import Pages
    from declutter.outline import Outline
    from declutter.repeats import Repeats
    from declutter.source import Source

__all__ = ["MAX_PAGES", "MAX_SITE_PAGES", "SiteMemory"]

MAX_SITE_PAGES: Final = 8192
"""Pages remembered per host: those with the smallest fingerprints, so that the order of learning does not matter."""

MAX_PAGES: Final = file.MAX_PAGES
"""Pages remembered in all, chosen in the same way. At 0.9 KB per page on average that is 57 MB, 140 MB at most."""


class SiteMemory:
    """What the pages of any number of sites have in common; pass it to `extract` to find what a site repeats.

    The same pages give the same memory in any order, and observing a page twice has no effect. Memories learned
    separately, for example in other processes, and merged equal one memory that learned all.
    Threads may share a memory, to learn and to look up at the same time; each sees what has been learned so far.
    """

    def __init__(self) -> None:
        self._lock = RLock()
        self._hosts: dict[str, dict[int, bytes]] = {}
        self._count = 0
        self._sites: dict[str, Site] = {}

    def __len__(self) -> int:
        """How many pages are remembered."""
        with self._lock:
            self._forget()
            return self._count

    def __repr__(self) -> str:
        """A line with the number of pages and sites."""
        pages = len(self)
        return f"<SiteMemory: {pages:,} pages of {len(self._hosts):,} sites>"

    def __eq__(self, other: object) -> bool:
        """Whether both memories have the same content."""
        if not isinstance(other, SiteMemory):
            return NotImplemented
        return self._pages() == other._pages()

    __hash__ = None  # type: ignore[assignment]  # mutable

    def __reduce__(self) -> tuple[object, ...]:
        return SiteMemory.from_bytes, (self.to_bytes(),)  # without the lock, which belongs to this process

    def observe(self, source: Source, *, url: str | None = None, options: ExtractOptions = DEFAULT_OPTIONS) -> None:
        """Learn from a page, in any form that `extract` takes.

        url: the page's URL, which identifies its site; pages without one form a site of their own.

        Raises what `extract` raises for input that is not a page.
        """
        from declutter.pipeline import outline_of

        outline, address = outline_of(source, url=url, options=options)
        self.learn(outline, url=address)

    def learn(self, outline: Outline, *, url: str | None) -> None:
        """Learn from a page that has been segmented."""
        prints = block_prints(outline)
        self._add(site_of(url), page_print(url, prints), pack(prints))

    def merge(self, other: SiteMemory) -> None:
        """Add everything that another memory knows."""
        for host, pages in other._pages().items():
            for page, packed in pages.items():
                self._add(host, page, packed)

    def repeats(self, outline: Outline, *, url: str | None) -> Repeats | None:
        """What the other pages of the site say about a page's blocks; None if the site is unknown."""
        site = self._site(site_of(url))
        if site is None:
            return None
        prints = block_prints(outline)
        return site.repeats(prints, page_print(url, prints))

    def save(self, path: str | PathLike[str]) -> None:
        """Write the memory to a file, which is replaced only once the new one is complete."""
        file.save(self._pages(), Path(path))

    @classmethod
    def load(cls, path: str | PathLike[str]) -> SiteMemory:
        """Read what `save` wrote. Raises RulesError for any other file, OSError for one that cannot be opened."""
        return cls._of(file.load(Path(path)))

    def to_bytes(self) -> bytes:
        """The content that `save` writes; independent of the order of learning."""
        return file.dump(self._pages())

    @classmethod
    def from_bytes(cls, content: bytes) -> SiteMemory:
        """Read what `to_bytes` returned. Raises RulesError for anything else."""
        return cls._of(file.parse(content))

    @classmethod
    def _of(cls, hosts: Pages) -> SiteMemory:
        memory = cls()
        for host, pages in hosts.items():
            for page, packed in pages.items():
                memory._add(host, page, packed)
        return memory

    def _add(self, host: str, page: int, packed: bytes) -> None:
        with self._lock:
            pages = self._hosts.setdefault(host, {})
            before = pages.get(page)
            if before is None:
                self._count += 1
            elif (len(before), before) >= (len(packed), packed):  # of two versions of a page, the fuller one is kept
                return
            pages[page] = packed
            self._sites.pop(host, None)
            if len(pages) > 2 * MAX_SITE_PAGES or self._count > 2 * MAX_PAGES:
                self._forget()

    def _pages(self) -> Pages:
        """A snapshot of what is remembered."""
        with self._lock:
            self._forget()
            return {host: dict(pages) for host, pages in self._hosts.items()}

    def _site(self, host: str) -> Site | None:
        """A snapshot of what is known about a host; None if nothing is."""
        with self._lock:
            site = self._sites.get(host)
            if site is None:
                self._forget()
                pages = self._hosts.get(host)
                if pages:
                    site = self._sites[host] = Site(dict(pages))
            return site

    def _forget(self) -> None:
        """Keep what the limits allow. Forgetting early or late gives the same result."""
        for host, pages in self._hosts.items():
            if len(pages) > MAX_SITE_PAGES:
                self._keep(host, set(nsmallest(MAX_SITE_PAGES, pages)))
        if self._count > MAX_PAGES:
            rows = ((page, host) for host, pages in self._hosts.items() for page in pages)
            kept: dict[str, set[int]] = {}
            for page, host in nsmallest(MAX_PAGES, rows):
                kept.setdefault(host, set()).add(page)
            for host in list(self._hosts):
                self._keep(host, kept.get(host, set()))

    def _keep(self, host: str, kept: set[int]) -> None:
        pages = self._hosts[host]
        if len(kept) == len(pages):
            return
        self._count += len(kept) - len(pages)
        self._sites.pop(host, None)
        if kept:
            self._hosts[host] = {page: packed for page, packed in pages.items() if page in kept}
        else:
            del self._hosts[host]

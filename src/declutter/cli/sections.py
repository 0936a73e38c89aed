"""Help in sections: the options of a command by topic, with the rarer ones of the fetcher only in `fetch`."""

from __future__ import annotations

from typing import Final

import click

_SECTIONS: Final = {
    "Input": "lists feeds sitemaps merge column id_column",
    "Output": "output format_ fields front_matter save min_confidence resume retry_failed ordered rendered only "
    "as_json list quiet",
    "Rules": "blocks selectors",
    "Reading": "url form encoding limits truncate",
    "Labelling": "memory memory_file learn rules cues as_of repair",
    "Work": "jobs page_timeout page_memory",
    "Fetching": "timeout user_agent ignore_robots allow_private proxy cache connect_timeout read_timeout max_bytes "
    "max_redirects retries max_retry_after headers delay max_crawl_delay per_host in_flight ca_file",
}
"""Names of parameters by section title, in display order."""

_SHOWN_OF_FETCHING: Final = 6
_ALL_OF_FETCHING: Final = "fetch"
"""The command that shows all of the fetcher's options; other commands accept them all, but show only the first ones."""


class Sectioned(click.Command):
    """A command whose help has a section for each kind of option; the rest comes last, with --help."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sections."""
        options = {param.name: param for param in self.get_params(ctx) if isinstance(param, click.Option)}
        for title, names in _SECTIONS.items():
            found = [options.pop(name) for name in names.split() if name in options]
            shown = found
            if title == "Fetching" and self.name != _ALL_OF_FETCHING:
                shown = found[:_SHOWN_OF_FETCHING]
            records = [record for option in shown if (record := option.get_help_record(ctx)) is not None]
            if len(shown) < len(found):
                records.append(("…", f"{len(found) - len(shown)} more: see `declutter fetch --help`."))
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)
        rest = [record for option in options.values() if (record := option.get_help_record(ctx)) is not None]
        with formatter.section("Help"):
            formatter.write_dl(rest)

"""What a shell completes: see click's documentation for how to enable it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem


def file_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of files, for arguments that may be a file, a URL or -."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]

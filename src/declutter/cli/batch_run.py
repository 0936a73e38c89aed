"""The work of `declutter batch`: from inputs to a complete or resumable output."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

import click

from declutter.batch.readers import weight_of
from declutter.batch.readers.paths import Identity, identity_of
from declutter.batch.run import Run
from declutter.batch.seen import Seen
from declutter.batch.work import Extraction, Learning, learned_from
from declutter.batch.writers import Writer, opened
from declutter.batch.writers.stream import Stream
from declutter.cli.exit_codes import ExitCode
from declutter.cli.output import harmless_json, say
from declutter.cli.reading_options import loaded
from declutter.errors import DeclutterError, MissingExtraError, OutputError
from declutter.memory import SiteMemory
from declutter.reading import STDIN

if TYPE_CHECKING:
    from declutter.batch.options import BatchOptions
    from declutter.batch.pool import Settled
    from declutter.batch.work import Work
    from declutter.cli.batch_report import Report
    from declutter.fetcher.options import FetchOptions
    from declutter.options import ExtractOptions

_BY_SIGNAL: Final = 128
_SIGNALS: Final = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Plan(NamedTuple):
    """The command's options of the same names."""

    inputs: tuple[str, ...]
    output: str
    resume: bool
    retry_failed: bool
    fields: tuple[str, ...] | None
    learn: bool
    memory_file: Path | None
    reading: ExtractOptions
    fetching: FetchOptions
    options: BatchOptions


def run(plan: Plan, report: Report) -> int:
    """Run the batch, report on it, and return the exit code."""
    known = _known(plan)
    try:
        writer = _writer(plan)
    except (OutputError, MissingExtraError) as error:
        say(str(error))
        return ExitCode.WRONG_USAGE
    except OSError as error:
        say(f"{error.filename or plan.output}: {error.strerror}")
        return ExitCode.FAILED
    try:
        stopped = _work(plan, writer, known, report)
    except OSError as error:
        if isinstance(error, BrokenPipeError) and plan.output == STDIN:
            raise  # the reader of the output is gone, which click handles
        report.summary(f"stopped: {error.filename or plan.output}: {error.strerror}{_way_on(writer)}")
        return ExitCode.FAILED
    except OutputError as error:  # of another program, so that there is nothing to continue
        say(str(error))
        return ExitCode.WRONG_USAGE
    except DeclutterError as error:
        report.summary(f"stopped: {error}{_way_on(writer)}")
        return ExitCode.FAILED
    if stopped is not None:
        report.summary(f"interrupted{_way_on(writer)}")
        return _BY_SIGNAL + stopped
    report.summary()
    if (plan.options.column or plan.options.id_column) and not (report.reader and report.reader.has_records):
        say("--column and --id-column had no effect: no input holds records (JSON Lines, Parquet)")
    if not report.documents:
        return ExitCode.NOTHING
    return ExitCode.FAILED if report.errors else ExitCode.OK


def _work(plan: Plan, writer: Writer, known: SiteMemory | None, report: Report) -> int | None:
    """Fill the output. Return the signal that interrupted it, if any."""
    with ExitStack() as stack:
        stack.callback(writer.close)
        stops = stack.enter_context(_Stops())
        if plan.retry_failed:
            writer.forget_failures()
        seen = stack.enter_context(Seen(report.earlier(writer.done())))
        if plan.learn and not (report.has_earlier and plan.memory_file is not None and plan.memory_file.exists()):
            known = _learn(plan, known or SiteMemory(), report, stops)
        work = Extraction(form=writer.form, fields=plan.fields, options=plan.reading, memory=known)
        with report.stage("pages", lambda: weight_of(plan.inputs, _own(plan))):
            for settled in stops.watch(_run_of(plan, work, seen, report)):
                writer.write(settled.piece)
                report.add(settled)
        if stops.signal is None:
            writer.finish()
        return stops.signal


def _learn(plan: Plan, memory: SiteMemory, report: Report, stops: _Stops) -> SiteMemory:
    """The first of two passes. Its memory is saved before the second one starts, for resumed runs."""
    with Seen() as seen, report.stage("learning", lambda: weight_of(plan.inputs, _own(plan))):
        for settled in stops.watch(_run_of(plan, Learning(options=plan.reading), seen, report)):
            if (learned := learned_from(settled.piece)) is not None:
                memory.merge(learned)
            report.advance(settled)
    if plan.memory_file is not None and stops.signal is None:
        memory.save(plan.memory_file)
    return memory


def _run_of(plan: Plan, work: Work, seen: Seen, report: Report) -> Run:
    run = Run(
        plan.inputs,
        work=work,
        seen=seen,
        fetching=plan.fetching,
        options=plan.options,
        leave_out=_own(plan),
    )
    report.reader = run.reader
    return run


def _own(plan: Plan) -> frozenset[Identity]:
    """The files that this run writes, which may be in an input folder."""
    paths = (plan.output, plan.memory_file)
    known = (identity_of(path) for path in paths if path is not None)
    return frozenset(identity for identity in known if identity is not None)


def _known(plan: Plan) -> SiteMemory | None:
    path = plan.memory_file
    return None if path is None or not path.exists() else loaded(SiteMemory.load, str(path))


def _writer(plan: Plan) -> Writer:
    if plan.output == STDIN:  # "-" means stdin as an input, and stdout as the output
        return Stream(lambda line: click.echo(harmless_json(line.decode()).encode(), nl=False))
    return opened(plan.output, resume=plan.resume, fields=plan.fields)


def _way_on(writer: Writer) -> str:
    return "" if isinstance(writer, Stream) else "; continue with --resume"


class _Stops:
    """Handles signals during a run: the first stops it cleanly, the second at once."""

    def __init__(self) -> None:
        self.signal: int | None = None
        self._run: Run | None = None
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        heeded = [number for number in _SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]  # nohup, and "&"
        self._before = {number: signal.signal(number, self._stop) for number in heeded}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def watch(self, run: Run) -> Iterator[Settled]:
        """The results of a run, until a signal arrives. After a signal, no further run starts."""
        if self.signal is not None:
            return
        self._run = run
        with closing(iter(run)) as all_of_it:
            for settled in all_of_it:
                if settled is not None:
                    yield settled
        self._run = None

    def _stop(self, number: int, _: FrameType | None) -> None:
        if self._run is None or self.signal is not None:
            raise KeyboardInterrupt
        self.signal = number
        self._run.stop()

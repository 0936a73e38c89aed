"""`declutter` and `python -m declutter`."""

import signal


def main() -> None:
    """Run the command line. Ctrl-C ends the process without a traceback even while modules are imported."""
    before = signal.getsignal(signal.SIGINT)
    if before is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from declutter.cli import main as command

    signal.signal(signal.SIGINT, before)
    command(prog_name="declutter")


if __name__ == "__main__":
    main()

"""`python -m declutter`."""

from declutter.cli import main

main(prog_name="declutter")

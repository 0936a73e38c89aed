"""JSON Lines with HTML, or web archives, through datatrove: python examples/on_datatrove.py FOLDER OUT."""

import sys
from pathlib import Path

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader, WarcReader
from datatrove.pipeline.writers import JsonlWriter

from declutter.engines.datatrove import Declutter

if __name__ == "__main__":
    pages, output = sys.argv[1], Path(sys.argv[2])
    archives = any(".warc" in path.name for path in Path(pages).iterdir())
    LocalPipelineExecutor(
        [
            WarcReader(pages) if archives else JsonlReader(pages, text_key="html"),
            Declutter(fields=None, exclusion_writer=JsonlWriter(str(output / "without-essay"))),
            JsonlWriter(str(output / "documents")),
        ],
        logging_dir=str(output / "logs"),
        tasks=2,
    ).run()

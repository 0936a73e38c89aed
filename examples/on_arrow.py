"""Pages in Parquet in one process, as the engines do it: python examples/on_arrow.py IN.parquet OUT.parquet."""

import sys

from pyarrow import parquet

from declutter.engines.arrow import extract_batches, schema

pages = parquet.ParquetFile(sys.argv[1])
with parquet.ParquetWriter(sys.argv[2], schema(pages.schema_arrow), compression="zstd") as output:
    for batch in extract_batches(pages.iter_batches(batch_size=256)):
        output.write_batch(batch)

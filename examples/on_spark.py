"""Pages in Parquet on Spark, read twice, to learn first what the sites repeat: python examples/on_spark.py IN OUT."""

import sys

from pyspark.sql import SparkSession

from declutter.engines.spark import extract_frame, learn_frame

# So many pages go to Python at once; the default of 10,000 is a gigabyte of them.
spark = SparkSession.builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", 256).getOrCreate()
pages = spark.read.parquet(sys.argv[1])
memory = learn_frame(pages)
extract_frame(pages, memory=memory).write.parquet(sys.argv[2], compression="zstd")
spark.stop()

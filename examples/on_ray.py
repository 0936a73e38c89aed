"""Pages in Parquet on Ray Data, read twice, to learn first what the sites repeat: python examples/on_ray.py IN OUT."""

import sys

import ray

from declutter.engines.ray import extract_dataset, learn_dataset

pages = ray.data.read_parquet(sys.argv[1])
memory = learn_dataset(pages)
extract_dataset(pages, memory=memory).write_parquet(sys.argv[2])

"""Many pages on one machine: readers of whatever holds pages, a pool of workers, outputs that can be gone on with."""

"""Integrations: Arrow, Ray Data, Spark, datatrove, Scrapy. Nothing else imports them.

`declutter.engines.arrow` extracts pages in record batches, and returns the rows that `declutter batch` writes. The
modules `ray` and `spark` run it on their engine, and learn a SiteMemory there. `datatrove` is a step for its pipelines,
`scrapy` an item pipeline and a helper for spiders. Each needs the extra of its name: `pip install 'declutter[ray]'`. A
page gives the same document everywhere, with the same JSON byte for byte.
"""

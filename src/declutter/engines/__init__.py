"""Engines: Arrow, Ray Data, Spark, datatrove, Scrapy. Nothing else imports them.

`declutter.engines.arrow` takes pages in record batches apart, and gives the rows that `declutter batch` writes; the
modules `ray` and `spark` put it on their engine, beside learning a SiteMemory there. `datatrove` is a step of its
pipelines, `scrapy` an item pipeline and a helper for spiders. Each needs the extra of its name:
`pip install 'declutter[ray]'`. A page gives the same document everywhere, byte for byte of its JSON.
"""

"""Crawl a site with Scrapy, all pages that its first one links to: python examples/on_scrapy.py URL OUT.jsonl."""

import sys

import scrapy
from scrapy.crawler import CrawlerProcess


class Stories(scrapy.Spider):
    """Follows the links of the first page, and leaves it to the pipeline to take the stories apart."""

    name = "stories"

    def parse(self, response):  # noqa: ANN001, ANN201, D102 - as Scrapy's own examples are
        yield from response.follow_all(css="a", callback=self.parse_story)

    def parse_story(self, response):  # noqa: ANN001, ANN201, D102
        yield {"response": response}


process = CrawlerProcess(
    {
        "ITEM_PIPELINES": {"declutter.engines.scrapy.DeclutterPipeline": 300},
        "FEEDS": {sys.argv[2]: {"format": "jsonlines", "encoding": "utf-8"}},
        "ROBOTSTXT_OBEY": True,
    }
)
process.crawl(Stories, start_urls=[sys.argv[1]])
process.start()

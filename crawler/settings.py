"""Scrapy settings: polite by default, nothing bypassed, every response kept; OGI_ names are this project's own."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

try:
    _VERSION = version("ogi-archive")
except PackageNotFoundError:
    _VERSION = "0"

BOT_NAME = "ogi-archive"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"

# --- this project's own --------------------------------------------------------------------------------------------

OGI_DB = "archive.db"
OGI_SOURCES = str(Path(__file__).with_name("sources.csv"))
# A mail address or page by which a site's keeper can reach whoever runs this crawl; it goes into the user agent.
OGI_CONTACT = ""
# Registered sites on loopback and private addresses: for an intranet, a test, the demo.
OGI_ALLOW_PRIVATE = False
# Host suffixes that lead to 127.0.0.1 whatever a name server says: the demo's sites.
OGI_LOOPBACK_HOSTS: list[str] = []
# The hours in which sites are asked, as 22:00-06:00, in the sites' own time; empty for any hour.
OGI_NIGHT = ""
# What one host is asked for in a night at most.
OGI_HOST_REQUESTS = 3_000
OGI_HOST_BYTES = 500_000_000
# How many seconds of waiting (Retry-After) a host may ask for; one that asks for more is left alone until the next run.
OGI_PATIENCE = 120
# A report's page is asked for each night for so many days after it was found, then once in as many days.
OGI_REPORT_DAYS = 30
# Worker processes that read documents, and the limits of each document.
OGI_READERS = 2
OGI_READER_SECONDS = 60
OGI_READER_MEGABYTES = 1024

# --- who we are and what we may ask --------------------------------------------------------------------------------

USER_AGENT = f"{BOT_NAME}/{_VERSION}"
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = BOT_NAME
COOKIES_ENABLED = False
# A proxy would hide which address a name leads to, and with it the guard against private addresses.
HTTPPROXY_ENABLED = False
TWISTED_DNS_RESOLVER = "crawler.resolver.GuardedResolver"
DOWNLOAD_HANDLERS: dict[str, Any] = {"data": None, "file": None, "ftp": None, "s3": None}
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
    # What other tools that read WARC files can undo too.
    "Accept-Encoding": "gzip, deflate",
}
# As in a browser, which offers no DHE: where a site has too short a key for that, another way to agree is left.
# Whose certificate it is does not matter: much is read from sites whose own has expired, and all by http as well.
DOWNLOADER_CLIENT_TLS_CIPHERS = "DEFAULT:!DH"
# Signposts (meta refresh) are followed by the spider, which first makes sure that they are no challenge.
METAREFRESH_ENABLED = False

# --- how much at once ----------------------------------------------------------------------------------------------

# One a host, and many hosts at a time; what waits for its host's delay takes none of these places.
CONCURRENT_REQUESTS = 256
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# Of one answer: a report that is being read, and the requests beside it. Scrapy starts so many tasks an answer.
CONCURRENT_ITEMS = 2
SCHEDULER_PRIORITY_QUEUE = "crawler.turns.HostsInTurn"
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_MAX_DELAY = 60.0
DOWNLOAD_DELAY = 1.0
# A crawler that says its name has no reason to hide its rhythm.
DOWNLOAD_DELAY_JITTER = 0.0
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 40_000_000
DOWNLOAD_WARNSIZE = 20_000_000
# Bodies cut short are kept and marked; see `crawler.middlewares.Keeping`.
DOWNLOAD_FAIL_ON_DATALOSS = False
REDIRECT_MAX_TIMES = 5
RETRY_TIMES = 2
# Names are looked up in threads; a name server that is silent about some must not hold up the others.
REACTOR_THREADPOOL_MAXSIZE = CONCURRENT_REQUESTS
DNS_TIMEOUT = 20
# How many bytes of answers may be read at the same time before new ones are asked for: some large documents' worth.
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 100_000_000

# --- the parts -----------------------------------------------------------------------------------------------------

DOWNLOADER_MIDDLEWARES: dict[str, Any] = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "crawler.middlewares.Guard": 50,
    "crawler.robots.Robots": 100,
    "crawler.politeness.RetryAfter": 940,
    "crawler.middlewares.Keeping": 950,
    "crawler.politeness.Restraint": 960,
}
# Each takes its time of every answer: the spider judges every status, follows no link for its depth, and says itself
# what its requests remember; a site may refuse an address that is too long for it.
SPIDER_MIDDLEWARES: dict[str, Any] = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
ITEM_PIPELINES = {"crawler.pipelines.Reading": 300}
EXTENSIONS: dict[str, Any] = {
    "crawler.ledger.RunLedger": 10,
    # Both would open a door into the running process.
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
}

FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "INFO"
LOG_FORMATTER = "crawler.logs.QuietItems"
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
STATS_DUMP = False
DOWNLOADER_STATS = False
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"

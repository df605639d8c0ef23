"""robots.txt as RFC 9309 has it: a site that cannot say what it allows is not asked for anything else."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from archive.states import SourceState
from crawler.failures import NotNow, obstacle_of


class Robots(RobotsTxtMiddleware):
    """Scrapy's obedience to robots.txt, which allows all where there is none to be had, held to the standard.

    An answer of 4xx says that there are no rules, whatever else it holds (RFC 9309, 2.3.1.3). An answer of 5xx, or
    none, after all retries, forbids the whole site for this run (2.3.1.4). Beyond the standard, the seconds that a site
    wants between two requests (Crawl-delay) are kept; one that wants more of them than we have is left alone.
    """

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._withheld: dict[str, str] = {}
        self._name: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._delay = crawler.settings.getfloat("DOWNLOAD_DELAY")
        self._patience = crawler.settings.getfloat("OGI_PATIENCE")

    async def robot_parser(self, request: Request) -> Any:
        """The rules that a request is held to; raises NotNow where its site could not give them, or wants more time
        than we have."""
        parser = await super().robot_parser(request)
        withheld = self._withheld.get(urlsplit(request.url).netloc)
        if withheld is not None:
            raise NotNow(withheld, SourceState.UNREACHABLE)
        delay = parser.crawl_delay(self._name) if parser is not None else None
        if delay is not None and delay > self._delay:
            if delay > self._patience:
                raise NotNow(f"robots.txt asks for {delay:.0f} seconds between requests", SourceState.REFUSED)
            self._slow_down(request, delay)
        return parser

    def process_response(self, request: Request, response: Response) -> Response:
        """Notes a robots.txt that the server fails to give, and takes no rules from one that is not there."""
        if not _is_for_rules(request):
            return response
        if response.status >= 500:
            self._withheld[_site(request)] = f"robots.txt answers {response.status}, so nothing else is asked"
        return response.replace(body=b"") if response.status >= 400 else response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Notes a robots.txt that cannot be fetched; not one that leads astray or that we decline to fetch now."""
        if _is_for_rules(request) and not isinstance(exception, IgnoreRequest):
            reason = obstacle_of(exception, request.url, redirected=False).reason
            self._withheld[_site(request)] = f"{reason} (asked for robots.txt)"

    def _slow_down(self, request: Request, delay: float) -> None:
        """Has a request wait until so many seconds have passed since its host was last asked."""
        downloader = self.crawler.engine.downloader
        host = downloader.get_slot_key(request)
        downloader.per_slot_settings[host] = {"delay": delay}  # of a slot that Scrapy has yet to make
        if host in downloader.slots:
            downloader.slots[host].delay = delay
        request.meta["autothrottle_dont_adjust_delay"] = True


def _is_for_rules(request: Request) -> bool:
    return bool(request.meta.get("dont_obey_robotstxt"))


def _site(request: Request) -> str:
    """The host and port whose rules a request is for, also where these redirect it."""
    asked: list[str] = request.meta.get("redirect_urls") or [request.url]
    return urlsplit(asked[0]).netloc

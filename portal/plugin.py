"""The Datasette plugin: the portal's routes, what templates may call, how cells are shown, and the safety headers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Mapping
from typing import Any
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from datasette.utils.asgi import Base400, Response
from datasette.views.base import DatasetteError
from pluggy import HookimplMarker

from portal import downloads, extract_files, feeds, filtered, naming, shown
from portal.catalogue import DATABASE
from portal.pages import compare, evidence, indicator, methodology, night, questions, stories
from portal.pages.agencies import agencies, agency
from portal.pages.download import dictionary as dictionary_page
from portal.pages.download import download
from portal.pages.front import front
from portal.pages.region import region
from portal.pages.report import report
from portal.pages.search import search
from portal.queries import dictionary
from portal.queries.methodology import INVENTED
from portal.queries.questions import QUESTIONS
from portal.reasons import reason
from portal.rendering import page
from portal.words import LANGUAGES, Speaker, language, say

logger = logging.getLogger(__name__)
hookimpl = HookimplMarker("datasette")

# No inline script or style anywhere, nothing from other hosts, no framing.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A kept page is another's: nothing of it runs, loads, sends or leads away, and only our own pages frame it.
KEPT_PAGE_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
SAFETY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The portal's own pages; every other address is Datasette's."""
    return [
        (r"^/$", front),
        (r"^/report/(?P<key>.+)$", report),
        (r"^/evidence/(?P<key>.+)/claim/(?P<number>\d{1,4})$", evidence.claim),
        (r"^/evidence/(?P<key>.+)/(?P<indicator>[\w.]+)$", evidence.figure),
        (r"^/kept/(?P<sha256>[0-9a-f]{64})$", evidence.kept),
        (r"^/kept/(?P<sha256>[0-9a-f]{64})/original$", evidence.original),
        (r"^/search$", search),
        (r"^/methodology$", methodology.methodology),
        (r"^/about$", methodology.about),
        (r"^/feed/reports\.atom$", feeds.reports),
        (r"^/feed/revisions\.atom$", feeds.revisions),
        (r"^/feed/agency/(?P<key>.+)\.atom$", feeds.agency),
        (r"^/agencies$", agencies),
        (r"^/agency/(?P<key>.+)$", agency),
        (r"^/region/(?P<code>\d+)$", region),
        (r"^/stories$", stories.stories),
        (r"^/story/(?P<story>\w+)$", stories.story),
        (r"^/story/(?P<story>\w+)\.csv$", stories.csv),
        (r"^/compare$", compare.compare),
        (r"^/compare\.csv$", compare.csv),
        (r"^/indicators$", indicator.indicators),
        (r"^/indicator/(?P<indicator>[\w.]+)\.csv$", indicator.csv),
        (r"^/indicator/(?P<indicator>[\w.]+)$", indicator.indicator),
        (rf"^/{DATABASE}/(?P<question>{'|'.join(QUESTIONS)})$", _question),
        (r"^/nights$", night.nights),
        (r"^/night/(?P<run>\d{1,9})$", night.night),
        (r"^/download$", download),
        (r"^/dictionary$", dictionary_page),
        (r"^/extracts/(?P<name>[\w.-]+)$", extract_files.extract),
        (r"^/download/query\.csv$", filtered.query_csv),
        (r"^/download/question/(?P<question>\w+)\.csv$", filtered.question_csv),
        (r"^/download/(?P<table>\w+)\.csv$", downloads.csv),
    ]


async def _question(datasette: Any, request: Any) -> Response:
    return await questions.question(datasette, request, _names[datasette])


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """Filters and functions that every template uses."""
    env.filters["number"] = shown.number
    env.filters["percent"] = shown.percent
    env.filters["short_label"] = shown.short_label
    env.filters["web_address"] = shown.web_address
    env.filters["moment"] = shown.moment
    env.globals["chosen_rows"] = shown.chosen_rows
    env.globals["compared"] = indicator.compared
    env.globals["present_filters"] = shown.present_filters
    env.globals["named"] = naming.named
    env.globals["reason"] = reason
    env.globals["unit_name"] = naming.unit_name
    env.globals["claim_name"] = naming.claim_name
    env.globals["noted"] = naming.noted
    env.globals["static"] = shown.static
    env.globals["column_label"] = shown.column_label
    env.globals["table_title"] = shown.table_title
    env.globals["table_description"] = shown.table_description


@hookimpl
def extra_template_vars(request: Any, datasette: Any) -> Callable[[], Any]:
    """The page's language (`t`), links that keep it (`link`), and the downloads of a table."""
    tongue = language(request.args.get("lang") if request else None)

    def link(path: str) -> str:
        return str(datasette.urls.path(path)) + (f"?lang={tongue}" if tongue != LANGUAGES[0] else "")

    async def variables() -> dict[str, Any]:
        counts = await datasette.get_database(DATABASE).table_counts()
        return {
            "t": Speaker(tongue),
            "tongue": tongue,
            "link": link,
            "languages": _languages(request, tongue),
            "invented": _invented[datasette],
            "downloads": lambda table: downloads.links(table, counts),
        }

    return variables


def _languages(request: Any, tongue: str) -> list[dict[str, str]]:
    """Links to this page in the other languages; only the portal's own pages have twins."""
    if request is None or request.path.startswith((f"/{DATABASE}", "/-/")):
        return []
    kept = [(key, value) for key in request.args for value in request.args.getlist(key) if key != "lang"]
    path = request.path.partition("?")[0]
    return [
        {
            "tag": say(other, "language.tag"),
            "name": say(other, "language.name"),
            "href": f"{path}?{urlencode([*kept, ('lang', other)])}",
        }
        for other in LANGUAGES
        if other != tongue
    ]


@hookimpl
def startup(datasette: Any) -> Callable[[], Any]:
    """Reads the official names that table pages show beside the codes, and whether any of the agencies is invented."""

    async def read_names() -> None:
        database = datasette.get_database(DATABASE)
        _invented[datasette] = bool((await database.execute(INVENTED)).first()["invented"])
        names: dict[str, str] = {}
        for row in (await database.execute(dictionary.LABELS)).rows:
            names.setdefault(row["id"], f"{row['row_zh']}，{row['col_zh']}")
            names.setdefault(row["row"], row["row_zh"])
        _names[datasette] = names

    return read_names


_names: WeakKeyDictionary[Any, Mapping[str, str]] = WeakKeyDictionary()
_invented: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()


@hookimpl
def render_cell(value: Any, column: str, table: str | None, datasette: Any) -> Any:
    """A cell of Datasette's table pages: keys link to our pages, addresses are followed with care, blank is marked."""
    return shown.cell(value, column, table, _names[datasette])


@hookimpl
def asgi_wrapper() -> Callable[[Any], Any]:
    """Read-only, and the safety headers on every answer."""
    return _safely


def _safely(app: Any) -> Any:
    async def safe_app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def send_safely(message: Any) -> None:
            if message["type"] == "http.response.start":
                given = [(name, value) for name, value in message["headers"] if name.lower() not in _SAFETY_NAMES]
                if scope["path"].startswith("/static/") and scope["query_string"] and message["status"] == 200:
                    # the address holds the file's digest, so the file behind it never changes
                    given.append((b"cache-control", b"public, max-age=31536000, immutable"))
                policy = KEPT_PAGE_POLICY if scope["path"].startswith("/kept/") else CONTENT_SECURITY_POLICY
                given.append((b"content-security-policy", policy.encode()))
                message = {**message, "headers": [*given, *SAFETY_HEADERS]}
            await send(message)

        if scope["method"] not in {"GET", "HEAD", "OPTIONS"}:
            refusal = Response.text(say("zh", "error.read_only"), status=405, headers={"allow": "GET, HEAD, OPTIONS"})
            await refusal.asgi_send(send_safely)
            return
        await app(scope, receive, send_safely)

    return safe_app


_SAFETY_NAMES = frozenset({b"content-security-policy", *(name for name, _ in SAFETY_HEADERS)})


@hookimpl(wrapper=True)
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Generator[None, Any, list[Any]]:
    """Errors in plain words. Takes the place of Datasette's handler, which prints every local variable of a 404."""
    yield
    return [_error(datasette, request, exception)]


async def _error(datasette: Any, request: Any, exception: Exception) -> Response:
    t = Speaker(language(request.args.get("lang")))
    if isinstance(exception, DatasetteError) and exception.title == "SQL Interrupted":
        status, title, sentence = exception.status, t("error.too_long_title"), t("error.too_long")
    elif isinstance(exception, DatasetteError):
        status, title, sentence = exception.status, exception.title, str(exception.message)
    elif isinstance(exception, Base400):
        status, title, sentence = exception.status, None, str(exception.args[0] if exception.args else "")
        if status == 404:
            title, sentence = t("error.not_found_title"), t("error.not_found")
    else:
        logger.error("Failed to answer %s", request.path, exc_info=exception)
        status, title, sentence = 500, None, t("error.internal")
    told = {"status": status, "title": title, "error": sentence}
    if request.path.partition("?")[0].endswith(".json"):
        return Response.json({"ok": False, **told}, status=status)
    return await page(datasette, request, "error.html", told, status=status)

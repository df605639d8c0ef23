"""The Datasette plugin: the portal's routes, what templates may call, how cells are shown, and the safety headers."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextvars import ContextVar
from typing import Any
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from datasette.utils.asgi import Request, Response
from pluggy import HookimplMarker

from portal import downloads, errors, extract_files, feeds, filtered, naming, shown
from portal.catalogue import DATABASE
from portal.columns import Columns, columns_by_language
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
from portal.words import LANGUAGES, Speaker, language_of, say

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
        (r"^/dictionary$", _dictionary),
        (r"^/extracts/(?P<name>[\w.-]+)$", extract_files.extract),
        (r"^/download/query\.csv$", filtered.query_csv),
        (r"^/download/question/(?P<question>\w+)\.csv$", filtered.question_csv),
        (r"^/download/(?P<table>\w+)\.csv$", downloads.csv),
    ]


async def _dictionary(datasette: Any, request: Any) -> Response:
    return await dictionary_page(datasette, request, _columns[datasette][language_of(request)])


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
    tongue = language_of(request)

    def link(path: str) -> str:
        asked = "" if tongue == LANGUAGES[0] else f"{'&' if '?' in path else '?'}{_parameter(path)}={tongue}"
        return str(datasette.urls.path(path)) + asked

    async def variables() -> dict[str, Any]:
        counts = await datasette.get_database(DATABASE).table_counts()
        return {
            "t": Speaker(tongue),
            "tongue": tongue,
            "link": link,
            "languages": _languages(request, tongue),
            "invented": _invented[datasette],
            "downloads": lambda table: downloads.links(table, counts),
            "columns_of": lambda table: _columns[datasette][tongue].get(table, {}),
        }

    return variables


def _languages(request: Any, tongue: str) -> list[dict[str, str]]:
    """Links to this page in the other languages."""
    if request is None or request.path.startswith("/-/"):
        return []
    kept = [(key, value) for key in request.args for value in request.args.getlist(key) if key not in {"lang", "_lang"}]
    path = request.path.partition("?")[0]
    return [
        {
            "tag": say(other, "language.tag"),
            "name": say(other, "language.name"),
            "href": f"{path}?{urlencode([*kept, (_parameter(path), other)])}",
        }
        for other in LANGUAGES
        if other != tongue
    ]


def _parameter(path: str) -> str:
    """How a page is asked for its language: to Datasette's own pages every plain name is a filter."""
    return "_lang" if path.startswith(f"/{DATABASE}") else "lang"


@hookimpl
def startup(datasette: Any) -> Callable[[], Any]:
    """Reads the official names that table pages show beside the codes, and whether any of the agencies is invented."""

    async def read_names() -> None:
        database = datasette.get_database(DATABASE)
        _invented[datasette] = bool((await database.execute(INVENTED)).first()["invented"])
        names: dict[str, str] = {}
        labels = (await database.execute(dictionary.LABELS)).rows
        described = {
            table: dict(held["columns"])
            for table in await database.table_names() + await database.view_names()
            if (held := datasette.table_metadata(DATABASE, table)).get("columns")
        }
        _columns[datasette] = columns_by_language(described, labels)
        for row in labels:
            names.setdefault(row["id"], f"{row['row_zh']}，{row['col_zh']}")
            names.setdefault(row["row"], row["row_zh"])
        _names[datasette] = names

    return read_names


# Datasette does not tell a cell what was asked for.
_tongue: ContextVar[str] = ContextVar("language of the page", default=LANGUAGES[0])
_columns: WeakKeyDictionary[Any, Mapping[str, Columns]] = WeakKeyDictionary()
_names: WeakKeyDictionary[Any, Mapping[str, str]] = WeakKeyDictionary()
_invented: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()


@hookimpl
def render_cell(value: Any, column: str, table: str | None, datasette: Any) -> Any:
    """A cell of Datasette's table pages: keys link to our pages, addresses are followed with care, blank is marked."""
    return shown.cell(value, column, table, _names[datasette], _tongue.get())


@hookimpl
def filters_from_request(request: Any, database: str, table: str, datasette: Any) -> Callable[[], Any]:
    """Refuses a filter on a column that the table has not: SQLite would find no row, as if there were none."""

    async def check() -> None:
        if error := errors.no_column(request, await datasette.get_database(database).table_columns(table)):
            raise error

    return check


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
        _tongue.set(language_of(Request(scope, receive)))
        await app(scope, receive, send_safely)

    return safe_app


_SAFETY_NAMES = frozenset({b"content-security-policy", *(name for name, _ in SAFETY_HEADERS)})


@hookimpl(wrapper=True)
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Generator[None, Any, list[Any]]:
    """Errors in plain words. Takes the place of Datasette's handler, which prints every local variable of a 404."""
    yield
    return [errors.told(datasette, request, exception)]

"""Makes a page of ours out of its template."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from portal.words import Speaker, language_of


async def page(datasette: Any, request: Any, template: str, context: dict[str, Any], status: int = 200) -> Response:
    """A page of ours from its template."""
    body = await datasette.render_template(template, context, request=request, view_name="portal")
    headers = {"cache-control": "max-age=60"} if status == 200 else {}
    return Response.html(body, status=status, headers=headers)


async def not_found(datasette: Any, request: Any, words: str, **filled: str) -> Response:
    """The page that says in the words called `words` that there is no such thing (status 404)."""
    t = Speaker(language_of(request))
    context = {"status": 404, "title": t("error.not_found_title"), "error": t(words, **filled)}
    return await page(datasette, request, "error.html", context, status=404)

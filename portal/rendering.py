"""Makes a page of ours out of its template."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response


async def page(datasette: Any, request: Any, template: str, context: dict[str, Any], status: int = 200) -> Response:
    """A page of ours from its template."""
    body = await datasette.render_template(template, context, request=request, view_name="portal")
    headers = {"cache-control": "max-age=60"} if status == 200 else {}
    return Response.html(body, status=status, headers=headers)

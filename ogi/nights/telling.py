"""Tells people about a night: by mail and by webhook, where the settings name any."""

from __future__ import annotations

import json
import os
import smtplib
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from typing import Any

from ogi.nights.settings import Mail, NightSettings, Webhook

SECONDS = 30


def tell(night: Mapping[str, Any], text: str, settings: NightSettings) -> Iterator[str]:
    """Sends the night's report to whom the settings name; gives one sentence for each that could not be told."""
    alarming = night["exit_status"] != 0
    if settings.mail.to and (alarming or settings.mail.when == "always"):
        try:
            _mail(night, text, settings.mail)
        except (OSError, smtplib.SMTPException) as error:
            yield f"no mail could be sent through {settings.mail.host} port {settings.mail.port}: {error}"
    if settings.webhook.url and (alarming or settings.webhook.when == "always"):
        try:
            _post(night, settings.webhook)
        except (OSError, ValueError, urllib.error.URLError) as error:
            yield f"the webhook {settings.webhook.url} could not be told: {error}"


def _mail(night: Mapping[str, Any], text: str, mail: Mail) -> None:
    message = EmailMessage()
    message["Subject"] = f"ogi nightly: {night['said']}"
    message["From"] = mail.sender
    message["To"] = ", ".join(mail.to)
    message.set_content(text)
    with smtplib.SMTP(mail.host, mail.port, timeout=SECONDS) as server:
        if mail.starttls:
            server.starttls()
        if mail.user:
            server.login(mail.user, os.environ.get(mail.password_variable, ""))
        server.send_message(message)


def _post(night: Mapping[str, Any], webhook: Webhook) -> None:
    if not webhook.url.startswith(("https://", "http://")):
        raise ValueError("an address begins with https:// or http://")
    body = json.dumps(night, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8"}
    request = urllib.request.Request(webhook.url, body, headers, method="POST")  # noqa: S310  # its scheme is checked
    urllib.request.urlopen(request, timeout=SECONDS).close()  # noqa: S310  # its scheme is checked

"""The steps of a night, each of which runs only while all before it were done, and what came of them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from archive.clock import now
from ogi.errors import as_user_error

logger = logging.getLogger(__name__)

DONE, FAILED, SKIPPED = "done", "failed", "skipped"
ALARM, UNFINISHED = 1, 2  # exit statuses
PUBLISH = "publish"  # the step after which readers see the night


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was come to: done, failed or skipped, how long it took, and what it has to say."""

    name: str
    state: str
    seconds: float
    said: str


@dataclass(slots=True)
class Night:
    """What is known of a night so far. `crawl` is the account of its crawl, `published` what the publication holds."""

    started: str = field(default_factory=now)
    steps: list[Step] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    crawl: dict[str, Any] | None = None
    published: dict[str, Any] | None = None
    extracts: list[dict[str, Any]] = field(default_factory=list)
    free_bytes: int = 0
    _began: float = field(default_factory=time.monotonic)

    def take(self, name: str, work: Callable[[], str]) -> None:
        """Takes a step: `work` does it and says in a few words what was done.

        Whatever it raises is the end of the night's work: the step has failed, and those behind it are skipped. So does
        Ctrl-C or SIGTERM: a night that is stopped still tells of itself.
        """
        if not self.finished:
            self.steps.append(Step(name, SKIPPED, 0.0, "a step before it failed"))
            return
        began = time.monotonic()
        try:
            state, said = DONE, work()
        except Exception as error:
            told = as_user_error(error)
            if told is None:
                logger.exception("The step %s failed", name)
            state, said = FAILED, told.message if told else f"{type(error).__name__}: {error}"
        except KeyboardInterrupt:
            state, said = FAILED, "it was stopped; the next night goes on from what is kept."
        self.steps.append(Step(name, state, round(time.monotonic() - began, 1), said))

    @property
    def seconds(self) -> float:
        """How long the night has lasted."""
        return time.monotonic() - self._began

    @property
    def finished(self) -> bool:
        """Whether every step so far was done."""
        return all(step.state == DONE for step in self.steps)

    @property
    def exit_status(self) -> int:
        """0, 1 where a threshold was crossed, 2 where the night was not finished."""
        return UNFINISHED if not self.finished else ALARM if self.alarms else 0

    def told(self) -> dict[str, Any]:
        """The night's report as JSON values."""
        return {
            "said": self._said(),
            "exit_status": self.exit_status,
            "finished": self.finished,
            "started": self.started,
            "ended": now(),
            "seconds": round(self.seconds, 1),
            "steps": [asdict(step) for step in self.steps],
            "alarms": self.alarms,
            "warnings": self.warnings,
            "free_bytes": self.free_bytes,
            "crawl": self.crawl,
            "published": self.published,
            "extracts": self.extracts,
        }

    def _said(self) -> str:
        failed = [step.name for step in self.steps if step.state == FAILED]
        if failed:
            published = any(step.name == PUBLISH and step.state == DONE for step in self.steps)
            stays = "what was published stands" if published else "what was published before stays"
            return f"not finished, {failed[0]} failed; {stays}"
        alarms = f"alarms: {len(self.alarms)}; " if self.alarms else ""
        crawl = self.crawl or {"sources": (), "new": {"count": 0}, "revised": {"count": 0}, "withdrawn": {"count": 0}}
        counts = ", ".join(f"{crawl[what]['count']} {what}" for what in ("new", "revised", "withdrawn"))
        return f"{alarms}sources: {len(crawl['sources'])}; reports: {counts}"

"""The queries of the nights: the runs with what they found and changed."""

from __future__ import annotations

NIGHTS = """
SELECT id, command, started, ended, finished, summary FROM runs ORDER BY id DESC LIMIT :limit
"""
NIGHT = """
SELECT id, command, started, ended, finished, summary FROM runs WHERE id = :run
"""

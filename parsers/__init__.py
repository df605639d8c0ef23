"""Reads: bytes in, a report out; no network, no database."""

"""Keeps: the only room that writes the archive and the WARC files."""

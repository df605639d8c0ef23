"""Collects: the registry, one spider for all sites, the platforms, and what keeps every response."""

"""A crawl, or a reading again, on several machines: shards of hosts, shared storage, and one writer of the archive."""

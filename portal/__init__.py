"""Shows the published archive: Datasette with its own pages, read-only."""

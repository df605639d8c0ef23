"""The portal's own pages, a module a page."""

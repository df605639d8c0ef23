"""An example municipality, 凌州市 of 示例省, written for this project and served on loopback: agencies, sites, reports.

Its door: `serve` runs the sites, `registry` lists them, `expected` and `SOURCE_STATES` say what a crawl must find.
"""

from demo.server import DemoSite, serve
from demo.truth import MISSING_YEARS, SOURCE_STATES, Expected, expected, registry

__all__ = ["MISSING_YEARS", "SOURCE_STATES", "DemoSite", "Expected", "expected", "registry", "serve"]

"""Serves the example municipality for a person to look at: `python -m demo [--port N] [--night N]`."""

from __future__ import annotations

import argparse
import sys
import threading

from demo.server import serve
from demo.sources import DOMAIN
from demo.truth import registry


def main() -> int:
    """Serves until interrupted; 2 where the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m demo", description="serves the example municipality on 127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="port to serve on (a free one unless named)")
    parser.add_argument(
        "--night", type=int, choices=(1, 2), default=1, help="2 shows the sites as they are a night later"
    )
    chosen = parser.parse_args()
    try:
        site = serve(chosen.port, chosen.night)
    except OSError as error:
        sys.stderr.write(f"port {chosen.port} cannot be served on ({error.strerror}); name another with --port\n")
        return 2
    with site:
        sys.stdout.write(registry(site.port))
        sys.stdout.write("\nThese names are known to this server only. A browser shows the same sites at:\n")
        for host in site.hosts:
            sys.stdout.write(f"  http://{host.removesuffix(DOMAIN)}localhost:{site.port}/\n")
        sys.stdout.write("Ctrl-C stops.\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())

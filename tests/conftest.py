"""Settings shared by all tests: quiet, repeatable hypothesis runs; Ctrl-C reaches the programs that they start."""

import signal

from hypothesis import HealthCheck, settings

settings.register_profile(
    "fast", max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
settings.register_profile("long", settings.get_profile("fast"), max_examples=500)
settings.load_profile("fast")

# A run started in the background ignores Ctrl-C, and so would every program that a test starts and interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)

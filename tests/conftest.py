"""Settings shared by all tests: quiet, repeatable hypothesis runs."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "fast", max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
settings.register_profile("long", settings.get_profile("fast"), max_examples=500)
settings.load_profile("fast")

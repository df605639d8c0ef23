"""The pieces of `ogi nightly`: its settings, its steps, its alarms, its report, and who is told."""

"""The command line that runs the rooms: collect, read, keep, show."""

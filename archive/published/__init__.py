"""The tables that are made anew at each publication, out of all reports together."""

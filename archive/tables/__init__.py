"""What the archive is made of: its tables and views, what they say of each figure, and the names that rows share."""

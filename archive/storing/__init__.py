"""From a reading to the rows that hold it: new, changed, copied or gone, with what changed and why."""

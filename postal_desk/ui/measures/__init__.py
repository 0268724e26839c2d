"""The measures page: problems, what answers them, whether it helped, and what comes back all the same."""

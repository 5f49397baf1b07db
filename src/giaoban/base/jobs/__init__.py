"""Work after commit, on schedule, and along the ledger. A feature declares in its `jobs.py` and asks with enqueue()."""

from giaoban.base.jobs.asking import enqueue
from giaoban.base.jobs.declaring import follows, job, schedule

__all__ = ["enqueue", "follows", "job", "schedule"]

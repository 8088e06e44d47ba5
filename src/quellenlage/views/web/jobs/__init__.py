"""Background work of the workbench: adding, building, linking and checking, one after another, in a process of its own.

So answers stay quick while articles are analysed. `Jobs` is what the server holds; the process is `worker`.
"""

from quellenlage.views.web.jobs.job import Failure, Job, State, Step
from quellenlage.views.web.jobs.jobs import Jobs
from quellenlage.views.web.jobs.patience import patiently
from quellenlage.views.web.jobs.waiting import Offer

__all__ = ["Failure", "Job", "Jobs", "Offer", "State", "Step", "patiently"]

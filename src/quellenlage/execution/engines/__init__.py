"""Where articles are analysed: in this process (`process`), in a pool of processes (`pool`) or on a cluster (`ray`).

An engine takes `Task`s and gives back for each an `Analysed` or a `Failed`; it never sees the archive. So only one
process writes, and results are the same whatever the engine. `engine_of` gives the one that a user names.
"""

from quellenlage.execution.engines.choosing import Engines, engine_of
from quellenlage.execution.engines.inprocess import InProcess
from quellenlage.execution.engines.pool import Pool
from quellenlage.execution.engines.tasks import Analysed, Engine, Failed, Outcome, Recipe, Task

__all__ = ["Analysed", "Engine", "Engines", "Failed", "InProcess", "Outcome", "Pool", "Recipe", "Task", "engine_of"]

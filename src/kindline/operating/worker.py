"""`kindline worker`: reminders go out from a process of their own, beside the server."""

import os
import signal
import threading

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from kindline.front.worker.working import work
from kindline.ground.storage.database import SERVING
from kindline.ground.storage.folder import Unusable, working


def run() -> None:
    """Work until asked to stop; raise Unusable when there is nothing to work with."""
    os.environ["PGAPPNAME"] = SERVING  # a restore from elsewhere has to wait for workers, too
    stopped = threading.Event()

    def stop(number: int, _frame: object) -> None:
        """Finish what is in hand and end; asked a second time, end at once."""
        stopped.set()
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    with working(settings.DATA):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise Unusable("The database is older than this Kindline. Start the server first: it brings it up to date.")
        connections.close_all()
        work(stopped)

"""``shouhou work``: do the jobs, and hold the clock while no other process does (后台任务)."""

import argparse
import signal
from types import FrameType

from shouhou.cli.house import now, open_house, say


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--threads", type=int, default=1, help="jobs done at the same time")


def run(options: argparse.Namespace) -> int:
    open_house()
    from shouhou.core.jobs import Worker

    workers = [Worker(now) for _ in range(max(1, options.threads))]

    def stop(signum: int, frame: FrameType | None) -> None:
        for worker in workers:
            worker.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    for worker in workers:
        worker.start()
    say("后台任务已启动", "working (Ctrl-C 停止 to stop)")
    for worker in workers:
        worker.join()
    return 0

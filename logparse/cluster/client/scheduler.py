"""The scheduler of a cluster: connected and checked before anything is counted; then tasks and their results.

The scheduler itself retries the tasks of a dead worker on others; tasks that it gives up are reported, never left out.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from distributed import Client, Future, as_completed
from distributed.scheduler import KilledWorker

from logparse.cluster.parts import code
from logparse.errors import UsageProblem
from logparse.storage.stores import reason_of

LONGEST_CONNECT = 20
"""The seconds in which a scheduler has to answer."""

LONGEST_WAIT = 20
"""The seconds in which the first worker has to be there, once the scheduler has answered."""

LONGEST_WITHOUT_WORKERS = 60
"""The seconds without any worker after which the remaining tasks are given up."""

RETRIES = 2
"""The retries of a task that could not read its file: another worker may, or a store may answer again."""

_NAP, _LOOK = 0.05, 2
"""The seconds between two polls for results, and between two checks for workers."""


@dataclass(frozen=True)
class Lost:
    """A task without a result, and why; ``killed``: its workers died, because of it or of another task."""

    why: str
    killed: bool = False


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """Yields a client of the scheduler at an address; raises UsageProblem if it or its workers cannot be used."""
    # An error is reported once, in our own words.
    logger = logging.getLogger("distributed")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        client = _client(address)
        try:
            _check(client, address)
            yield client
        finally:
            client.close(timeout=5)
    finally:
        logger.setLevel(before)


def _client(address: str) -> Client:
    if "://" not in address:
        raise UsageProblem(f"--cluster={address}: it is no address of a scheduler; write it like tcp://10.0.0.5:8786")
    try:
        return Client(address, timeout=LONGEST_CONNECT, set_as_default=False, name="logparse")
    except (OSError, ValueError, TypeError, RuntimeError, ImportError) as error:
        why = reason_of(error)
        raise UsageProblem(f"--cluster={address}: no Dask scheduler answers there ({why})") from None


def _check(client: Client, address: str) -> None:
    """Raises UsageProblem unless there are workers, all with the versions of this machine."""
    try:
        client.wait_for_workers(1, timeout=LONGEST_WAIT)
    except TimeoutError:
        raise UsageProblem(
            f"--cluster={address}: the scheduler has no workers; start one: dask worker {address}"
        ) from None
    versions = client.get_versions(check=False)
    own = versions["client"]["packages"]
    for name, other in {"the scheduler": versions["scheduler"], **versions["workers"]}.items():
        for package in ("distributed", "dask"):
            if other["packages"].get(package) != own[package]:
                theirs = other["packages"].get(package)
                raise UsageProblem(f"--cluster={address}: {name} has {package} {theirs}, this machine {own[package]}")
        if other["host"]["python"].split(".")[:2] != versions["client"]["host"]["python"].split(".")[:2]:
            raise UsageProblem(f"--cluster={address}: {name} runs another version of Python than this machine")
    try:
        own = _own_code()
        strange = [name for name, found in client.run(code, on_error="return").items() if found != own]
    except Exception:  # a worker that does not know the function may fail with anything
        strange = ["there"]
    if strange:
        text = f"--cluster={address}: the worker {strange[0]} has no logparse, or another version of it or of DuckDB"
        raise UsageProblem(f"{text}: install there what is installed here")


class Tasks:
    """The open tasks of a run. It is mutable: it holds the tasks that were submitted and have not ended."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._open: dict[Future, Any] = {}
        self._completed = as_completed(loop=client.loop, raise_errors=False)

    def submit(self, function: Callable[..., Any], *arguments: Any, owner: Any = None) -> Future:
        """Submits a task to the scheduler; with an ``owner``, its result is one of ``results``.

        Futures among the arguments, also in lists, are replaced by their results.
        """
        key = f"logparse-{function.__name__}-{uuid4().hex}"
        future = self._client.submit(function, *arguments, key=key, pure=False, retries=RETRIES)
        if owner is not None:
            self._open[future] = owner
            self._completed.add(future)
        return future

    def results(self) -> Iterator[tuple[Any, Any, Future]]:
        """Yields results of tasks with owners, as they end: (owner, result or Lost, task). More may come meanwhile."""
        seen = looked = time.monotonic()
        while self._open:
            batch = self._completed.next_batch(block=False)
            for future in batch:
                if future.status in ("pending", "lost"):
                    # The worker that held the result has died since, and the scheduler retries the task.
                    self._completed.add(future)
                    continue
                owner = self._open.pop(future)
                yield owner, _result(future), future
            now = time.monotonic()
            if batch:
                seen = now
                continue
            time.sleep(_NAP)
            if now - looked > _LOOK:
                looked = now
                seen = now if self._has_workers() else seen
            if now - seen > LONGEST_WITHOUT_WORKERS:
                yield from self._given_up()

    def ordered(self, function: Callable[..., Any], each: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """Yields the result of one task for each tuple of arguments, in order. Raises OSError if one is lost."""
        futures = [self.submit(function, *arguments, owner=at) for at, arguments in enumerate(each)]
        found: dict[int, Any] = {}
        at = 0
        for owner, result, _ in self.results():
            if isinstance(result, Lost):
                self._forget(futures)
                raise OSError(result.why)
            found[owner] = result
            while at in found:
                yield found.pop(at)
                at += 1

    def _forget(self, futures: Iterable[Future]) -> None:
        for future in futures:
            if self._open.pop(future, None) is not None:
                future.cancel()
        self._completed = as_completed(list(self._open), loop=self._client.loop, raise_errors=False)

    def _has_workers(self) -> bool:
        with suppress(Exception):  # a scheduler that is gone may fail with anything
            return self._client.status == "running" and bool(self._client.scheduler_info()["workers"])
        return False

    def _given_up(self) -> Iterator[tuple[Any, Any, Future]]:
        lost = dict(self._open)
        self._open.clear()
        for future, owner in lost.items():
            yield owner, Lost(f"the cluster had no worker for {LONGEST_WITHOUT_WORKERS} seconds"), future


def _result(future: Future) -> Any:
    """Returns the result of a task, or the reason why it was lost."""
    if future.status == "finished":
        try:
            return future.result()
        except Exception as error:  # the result itself may be lost with the worker that held it
            return Lost(_why(error))
    if future.status == "error":
        cause = future.exception()
        return Lost(_why(cause), killed=isinstance(cause, KilledWorker))
    return Lost("the scheduler lost it, or is gone itself")


def _why(error: BaseException | None) -> str:
    if isinstance(error, KilledWorker):
        return "the workers that read it died, one after another"
    return reason_of(error) if error else "for no reason that was told"


def _own_code() -> str:
    return code()

"""The scheduler of a cluster: reached and checked before anything is counted; tasks handed to it, and what they bring.

What dies is tried again by the scheduler itself, on other workers; what it gives up is told, never left out.
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
"""Seconds in which a scheduler has to answer."""

LONGEST_WAIT = 20
"""Seconds in which the first worker has to be there, once the scheduler has answered."""

LONGEST_WITHOUT_WORKERS = 60
"""Seconds without any worker after which what is left is given up."""

RETRIES = 2
"""How often a task is tried again that could not read its file: another worker may, and a store may answer again."""

_NAP, _LOOK = 0.05, 2
"""Seconds between two looks at what has come, and at whether there are workers."""


@dataclass(frozen=True)
class Lost:
    """A task that brought nothing, and why; ``killed``: the workers that had it died, by it or by another one."""

    why: str
    killed: bool = False


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client of the scheduler at an address; UsageProblem where it, or its workers, cannot do what is asked."""
    # What goes wrong is told once, in words of our own.
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
    """UsageProblem unless there are workers, and all of them have the versions that this machine has."""
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
    except Exception:  # whatever a worker fails with that does not know the function
        strange = ["there"]
    if strange:
        text = f"--cluster={address}: the worker {strange[0]} has no logparse, or another version of it or of DuckDB"
        raise UsageProblem(f"{text}: install there what is installed here")


class Tasks:
    """The tasks of a run that are still to come to an end. It has a state: what was handed over and is not yet back."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._open: dict[Future, Any] = {}
        self._completed = as_completed(loop=client.loop, raise_errors=False)

    def submit(self, function: Callable[..., Any], *arguments: Any, owner: Any = None) -> Future:
        """Hands a task to the scheduler; with an ``owner`` its result comes out of ``results`` beside it.

        Futures among the arguments, also in lists, stand for what their tasks bring.
        """
        key = f"logparse-{function.__name__}-{uuid4().hex}"
        future = self._client.submit(function, *arguments, key=key, pure=False, retries=RETRIES)
        if owner is not None:
            self._open[future] = owner
            self._completed.add(future)
        return future

    def results(self) -> Iterator[tuple[Any, Any, Future]]:
        """What tasks with an owner bring, as they end: (owner, result or Lost, task). More may come meanwhile."""
        seen = looked = time.monotonic()
        while self._open:
            batch = self._completed.next_batch(block=False)
            for future in batch:
                if future.status in ("pending", "lost"):
                    # The worker that held what it brought has died since, and the scheduler has it done again.
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
        """What one task for each of some arguments brings, in their order. OSError where one brings nothing."""
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
        with suppress(Exception):  # whatever a scheduler that is gone is told by
            return self._client.status == "running" and bool(self._client.scheduler_info()["workers"])
        return False

    def _given_up(self) -> Iterator[tuple[Any, Any, Future]]:
        lost = dict(self._open)
        self._open.clear()
        for future, owner in lost.items():
            yield owner, Lost(f"the cluster had no worker for {LONGEST_WITHOUT_WORKERS} seconds"), future


def _result(future: Future) -> Any:
    """What a task brought, or that and why it was lost."""
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

"""A cluster and an object store for the tests of this folder, each started once."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster
from moto.server import ThreadedMotoServer

from tests.runs.cluster.clusters import Desk, running


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """Ends each client of Dask with its test: one that is collected while another one starts waits for a lock that this
    one holds, for ever.
    """
    yield
    gc.collect()


@pytest.fixture(scope="session")
def store() -> Iterator[str]:
    """The address of a server that speaks the protocol of S3; whatever looks for a store from now on finds it."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", address)
        patch.setenv("AWS_ACCESS_KEY_ID", "the-tests")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "the-tests")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield address
    server.stop()


@pytest.fixture(scope="session")
def here(store: str) -> Iterator[str]:
    """The address of a scheduler whose one worker is a thread of this process: it starts in a moment."""
    with running(1, processes=False) as cluster:
        yield cluster.scheduler_address


@pytest.fixture(scope="session")
def cluster(store: str) -> Iterator[LocalCluster]:
    """A scheduler with two workers in processes of their own."""
    assert os.environ["AWS_ENDPOINT_URL"] == store
    with running(2, processes=True) as started:
        yield started


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A folder for logs."""
    (tmp_path / "logs").mkdir()
    return Desk(tmp_path / "logs")

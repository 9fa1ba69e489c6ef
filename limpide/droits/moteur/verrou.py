"""One process compiles, the others wait: a lock that the system takes back when its holder dies."""

import contextlib
import importlib
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def verrou(chemin: Path, *, attendre: bool = True) -> Iterator[bool]:
    """One holder at a time, process or thread; the others wait, or are told False at once.

    Where the system, the folder or the disk has no such lock, nobody waits: the same work is then done twice, and
    gives the same.
    """
    with contextlib.ExitStack() as pile:
        pris = True
        with contextlib.suppress(ImportError, OSError):
            fcntl = importlib.import_module("fcntl")  # not on Windows
            descripteur = os.open(chemin, os.O_RDWR | os.O_CREAT, 0o666)
            pile.callback(os.close, descripteur)
            try:
                fcntl.flock(descripteur, fcntl.LOCK_EX | (0 if attendre else fcntl.LOCK_NB))
            except BlockingIOError:
                pris = False
            else:
                # Said, not left to the closing: a process forked meanwhile would keep the lock until its own end.
                pile.callback(fcntl.flock, descripteur, fcntl.LOCK_UN)
        yield pris

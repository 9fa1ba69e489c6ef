"""File locks held by the kernel: released whatever the way the process dies."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def verrou(chemin: Path) -> Iterator[None]:
    """One process at a time between the braces; the others wait."""
    descripteur = os.open(chemin, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descripteur, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descripteur)


class Bail:
    """A shared lock kept for the life of the process: says « I am using this »."""

    def __init__(self) -> None:
        self._descripteur: int | None = None
        self._preneur: int | None = None

    @property
    def pris(self) -> bool:
        """True in the process that took it; a forked child lives under its parent's lease, and never ends it."""
        return self._descripteur is not None and self._preneur == os.getpid()

    def prendre(self, chemin: Path) -> None:
        if self._descripteur is None:
            self._descripteur = os.open(chemin, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._descripteur, fcntl.LOCK_SH)
            self._preneur = os.getpid()

    @contextlib.contextmanager
    def seul(self, chemin: Path) -> Iterator[bool]:
        """True if nobody else uses the thing; nobody can then take it up before the end of the block.

        The lease is given up if we were alone, kept otherwise.
        """
        if self._descripteur is not None and not self.pris:
            yield False
            return
        descripteur = os.open(chemin, os.O_RDWR | os.O_CREAT, 0o600) if self._descripteur is None else self._descripteur
        try:
            fcntl.flock(descripteur, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # A failed conversion may have dropped the shared lock (flock(2)): take it again.
            if self._descripteur is not None:
                fcntl.flock(descripteur, fcntl.LOCK_SH)
            else:
                os.close(descripteur)
            yield False
            return
        try:
            yield True
        finally:
            os.close(descripteur)
            self._descripteur = None

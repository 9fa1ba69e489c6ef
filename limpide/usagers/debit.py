"""How fast one address may ask: a bucket of requests per address and process, in memory only.

No database and no file: who asked for what is kept nowhere. The address is held under a keyed digest whose key dies
with the process, for as long as its bucket is not full again.
"""

import hashlib
import secrets
import threading
import time
from collections import OrderedDict

_CLE = secrets.token_bytes(32)


class Debit:
    """`par_seconde` requests a second on average, `reserve` at once; `adresses` remembered at the most."""

    def __init__(self, par_seconde: float, reserve: int, adresses: int = 20_000) -> None:
        self.par_seconde, self.reserve, self.adresses = par_seconde, reserve, adresses
        self._seaux: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._verrou = threading.Lock()

    def attendre(self, adresse: str, maintenant: float | None = None) -> float:
        """Take one request of this address: 0.0 if it may be served, else the seconds to wait."""
        instant = time.monotonic() if maintenant is None else maintenant
        cle = hashlib.blake2b(adresse.encode(), key=_CLE, digest_size=16).digest()
        with self._verrou:
            reste, depuis = self._seaux.pop(cle, (float(self.reserve), instant))
            reste = min(self.reserve, reste + (instant - depuis) * self.par_seconde)
            servi = reste >= 1.0
            self._seaux[cle] = (reste - 1.0 if servi else reste, instant)
            while len(self._seaux) > self.adresses:
                self._seaux.popitem(last=False)
        return 0.0 if servi else (1.0 - reste) / self.par_seconde

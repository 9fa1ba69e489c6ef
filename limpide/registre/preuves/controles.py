"""The thirty checks of reliability and security, as data: what each promises, and what of it is claimed today."""

import dataclasses
import tomllib
from functools import lru_cache
from pathlib import Path

FICHIER = Path(__file__).parent / "controles.toml"
AFFIRMATIONS = ("entier", "en_partie", "a_construire")


class ControlesInvalides(ValueError):
    """`controles.toml` doesn't say what it must; the message names the check."""


@dataclasses.dataclass(frozen=True, slots=True)
class Controle:
    """One check. `affirme`: claimed whole, in part (`manque` says what is not), or not at all yet (`manque`: why)."""

    numero: int
    domaine: str
    promesse: str
    affirme: str
    manque: str = ""

    def __post_init__(self) -> None:
        if self.affirme not in AFFIRMATIONS:
            raise ControlesInvalides(f"contrôle {self.numero} : affirme = {' | '.join(AFFIRMATIONS)}")
        if (self.affirme == "entier") == bool(self.manque.strip()):
            raise ControlesInvalides(
                f"contrôle {self.numero} : « manque » dit ce qui n'est pas tenu, et seulement s'il y a lieu"
            )
        if not self.promesse.strip() or not self.domaine.strip():
            raise ControlesInvalides(f"contrôle {self.numero} : la promesse et la domaine s'écrivent")


@lru_cache(maxsize=1)
def controles() -> tuple[Controle, ...]:
    """Every check in its order; `ControlesInvalides` if one is missing, twice there or badly written."""
    lus = tomllib.loads(FICHIER.read_text(encoding="utf-8"))["controle"]
    tous = tuple(Controle(**table) for table in lus)
    if [controle.numero for controle in tous] != list(range(1, len(tous) + 1)):
        raise ControlesInvalides("les contrôles se suivent de 1 au dernier, chacun une fois")
    return tous

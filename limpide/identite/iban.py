"""IBAN: checked by schwifty, shown masked."""

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from .confidentiel import Confidentiel

BLOC = 4


class IbanInvalide(ValueError):
    """An IBAN that cannot be one; the message never repeats it."""


class Iban(Confidentiel):
    """A compact, valid IBAN. Shown with its country and last four characters."""

    __slots__ = ()

    def masque(self) -> str:
        valeur = self.en_clair()
        return f"{valeur[:2]}•• •••• {valeur[-BLOC:]}"

    def complet(self) -> str:
        valeur = self.en_clair()
        return " ".join(valeur[i : i + BLOC] for i in range(0, len(valeur), BLOC))


def lire_iban(saisie: str) -> tuple[Iban, str]:
    """Read an IBAN as typed; returns it with its BIC ("" when unknown). Raises `IbanInvalide`."""
    try:
        lu = IBAN("".join(saisie.split()).upper(), validate_bban=True)
    except SchwiftyException as erreur:
        raise IbanInvalide(_message(type(erreur).__name__)) from None
    return Iban(lu.compact), str(lu.bic.compact) if lu.bic else ""


def _message(genre: str) -> str:
    return {
        "InvalidLength": "L'IBAN n'a pas la longueur de son pays (27 caractères pour la France).",
        "InvalidCountryCode": "L'IBAN commence par le code d'un pays qui n'en émet pas.",
        "InvalidChecksumDigits": "Les chiffres de contrôle de l'IBAN ne correspondent pas : vérifiez la saisie.",
        "InvalidBBANChecksum": "La clé RIB contenue dans l'IBAN ne correspond pas : vérifiez la saisie.",
        "InvalidStructure": "L'IBAN contient des caractères inattendus pour son pays.",
    }.get(genre, "Cet IBAN n'est pas valide.")

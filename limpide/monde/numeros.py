"""Numbers that pass every check and belong to nobody (see docs/decisions/0004)."""

import datetime as dt

COMMUNE_JAMAIS_ATTRIBUEE = "999"
BANQUE_JAMAIS_ATTRIBUEE = "99999"
GUICHET = "00001"


def nir(naissance: dt.date, rang: int) -> str:
    """A 15-character NIR with its key, unique for each `rang` below 96 000 000.

    The rank is spread over sex, département and order: nothing in it says anything of the fictitious person.
    """
    if not 0 <= rang < 96_000_000:
        raise ValueError("Le rang d'un numéro fictif va de 0 à 95 999 999.")
    ordre, reste = rang % 999 + 1, rang // 999
    departement, sexe = reste % 48 + 21, reste // 48 % 2 + 1
    siecle = reste // 96
    annee = (naissance.year + siecle) % 100
    naissance_codee = f"{annee:02d}{naissance.month:02d}"
    corps = f"{sexe}{naissance_codee}{departement:02d}{COMMUNE_JAMAIS_ATTRIBUEE}{ordre:03d}"
    return f"{corps}{97 - int(corps) % 97:02d}"


def iban(rang: int) -> str:
    """A French IBAN whose RIB key and check digits are right, on a bank code given to no bank."""
    compte = f"{rang:011d}"
    cle = 97 - (89 * int(BANQUE_JAMAIS_ATTRIBUEE) + 15 * int(GUICHET) + 3 * int(compte)) % 97
    bban = f"{BANQUE_JAMAIS_ATTRIBUEE}{GUICHET}{compte}{cle:02d}"
    controle = 98 - int(bban + "152700") % 97
    return f"FR{controle:02d}{bban}"

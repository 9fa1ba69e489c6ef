"""The kinds of acts the page cites, each told in its own words."""

import datetime as dt

from limpide.registre.declaration import Acte


def acte_reglementaire(jour: str = "") -> Acte:
    """The decision of the Cnaf that creates a processing; the page does not always give its date (« 2013-08-28 »)."""
    return Acte("acte_reglementaire", "Acte réglementaire", "", _jour(jour))


def deliberation(numero: str, jour: str, objet: str = "") -> Acte:
    """A numbered opinion or authorisation of the CNIL."""
    suite = f" {objet}" if objet else ""
    return Acte("deliberation", f"Délibération de la CNIL{suite}", numero, _jour(jour))


def avis_repute_favorable() -> Acte:
    """The CNIL kept silent for the time the law gave it: neither number nor date (law 78-17, art. 28 of then)."""
    return Acte("avis_repute_favorable", "Avis de la CNIL réputé favorable")


def decret(numero: str, jour: str) -> Acte:
    """A decree."""
    return Acte("decret", "Décret", numero, _jour(jour))


def engagement_de_conformite() -> Acte:
    """The Cnaf's written commitment to stay within what a decree allows."""
    return Acte("engagement_de_conformite", "Engagement de conformité de la Cnaf")


def communique() -> Acte:
    """A notice to the public, without an act."""
    return Acte("communique", "Communiqué")


def sans_acte(raison: str) -> Acte:
    """The page cites none; the reason is ours."""
    return Acte("aucun", raison)


def phrase(acte: Acte) -> str:
    """The act as the page says it: « Délibération de la CNIL n° 2017-039 (23/02/2017) »."""
    texte = acte.intitule
    if acte.reference:
        texte += f" n° {acte.reference}"
    return f"{texte} ({acte.date:%d/%m/%Y})" if acte.date else texte


def _jour(texte: str) -> dt.date | None:
    return dt.date.fromisoformat(texte) if texte else None

"""Where a claim is filled page after page, the site or a kiosk: addresses, frame, what is written of its origin."""

from dataclasses import dataclass

from django.urls import reverse

from limpide.dossiers.models import Canal
from limpide.usagers.demande.aides import Aide


@dataclass(frozen=True)
class Lieu:
    """`suite`: where the receipt is read. `coquille`: the template around the pages."""

    ici: str
    relire: str
    abandonner: str
    suite: str
    coquille: str
    canal: Canal
    auteur: str
    borne: bool = False


def du_site(aide: Aide, compte: int) -> Lieu:
    return Lieu(
        reverse(aide.ici), reverse(aide.relire), reverse(aide.abandonner), reverse("usagers:mes_demandes"),
        "usagers/compte/base.html", Canal.EN_LIGNE, f"compte {compte}",
    )  # fmt: skip


def de_la_borne(aide: Aide, compte: int, borne: int) -> Lieu:
    """At a terminal of the Caf: nothing of it stays there, the draft is the account's own."""
    pages = (reverse(f"usagers:borne_{page}", args=[aide.droit]) for page in ("demander", "envoyer", "abandonner"))
    return Lieu(
        *pages, reverse("usagers:borne_demandes"), "usagers/borne/base.html", Canal.BORNE,
        f"compte {compte}, borne {borne}", borne=True,
    )  # fmt: skip

"""What of Amina's each address shows, and what she did before, so that there is something to see."""

from typing import Any

from limpide.identite.models import AccesProtecteur
from tests.banc import ecrans


def demander_le_detail(client: Any, dossier: int) -> None:
    """Amina asked for the detail of one of her decisions, so that its pages have something to show."""
    from limpide.dossiers.models import Decision

    decision = Decision.objects.using("proprietaire").filter(dossier_id=dossier).latest("prise_le")
    assert client.post(f"/mon-compte/decisions/{decision.pk}/detail/demander/").status_code == 302


def _acces_d_odile() -> int:
    """Hers to Amina's file; none in a world where nobody protects anybody."""
    return AccesProtecteur.objects.using("proprietaire").order_by("pk").values_list("pk", flat=True).first() or 1


def adresse(patron: str) -> str:
    """The address of Amina's data for this pattern (for reviews: of her neighbour's, hers waits for nobody)."""
    from limpide.dossiers.models import Decision, Fait
    from tests.banc import objets

    patron = objets.remplacer(patron)
    dossier, amina = ecrans.fiche_d_amina()
    if "/mon-compte/decisions/" in patron:
        siennes = Decision.objects.using("proprietaire").filter(dossier_id=dossier)
        avec = siennes.filter(demandes_detail__isnull=False).first() or siennes.latest("prise_le")
        patron = patron.replace("<int:numero>", str(avec.pk))
    fait = Fait.objects.using("proprietaire").filter(dossier_id=dossier, connu__upper_inf=True).order_by("pk").first()
    return (
        patron.replace("<int:numero>", str(dossier))
        .replace("<int:fait>", str(fait.pk))
        .replace("<str:mois>", "2026-11")
        .replace("<slug:cle>", "mon_compte")
        .replace("<int:personne>", str(amina))
        .replace("<int:recours>", "1")
        .replace("<int:mesure>", "999999999")
        .replace("<int:demande>", "1")
        .replace("<int:avis>", "1")
        .replace("<int:acces>", str(_acces_d_odile()))
        .replace("<uuid:rib>", "00000000-0000-0000-0000-000000000000")
        .replace("<uuid:demande>", "00000000-0000-0000-0000-000000000000")
        .replace("<uuid:cle>", "00000000-0000-0000-0000-000000000000")
        .replace("<slug:action>", "repondre")
        .replace("<slug:code>", "S06")
        .replace("<str:nom>", "rsa")
        .replace("<str:jeton>", "A" * 43)
        .replace("<path:nom>", "bases/bmaf")
    )

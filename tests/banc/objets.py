"""What of Amina's each address of the matrix shows: a place in the address, what is replaced there, by what."""

from collections.abc import Callable

from limpide.dossiers.models import Decision, DeclarationScellee, Document, PieceAttendue
from limpide.registre.models import Homologation
from tests.banc import ecrans, relation, rendez_vous


def _a_verifier() -> Decision:
    """Her neighbour's: hers waits for nobody."""
    trouvee: Decision = (
        Decision.objects.using("proprietaire").filter(organisme_id="751", automatisation="assistee").first()
    )
    return trouvee


def _demande_scellee() -> object:
    scellees = DeclarationScellee.objects.using("proprietaire").filter(genre="demande")
    return scellees.latest("scellee_le").demande_id


OBJETS: tuple[tuple[str, str, Callable[[], object]], ...] = (
    ("<int:decision>", "<int:numero>", lambda: _a_verifier().dossier_id),
    ("<int:decision>", "<int:decision>", lambda: _a_verifier().pk),
    (
        "homologations/<int:numero>",
        "<int:numero>",
        lambda: Homologation.objects.using("proprietaire").earliest("pk").pk,
    ),
    ("alertes/<int:numero>", "<int:numero>", ecrans.lever_une_alerte),
    ("<int:tache>/changement/", "<int:tache>", lambda: ecrans.changement_d_amina()[1]),
    ("<int:tache>", "<int:tache>", ecrans.ouvrir_une_tache),
    ("<uuid:changement>", "<uuid:changement>", lambda: ecrans.changement_d_amina()[0]),
    ("<slug:genre>", "<slug:genre>", lambda: "couple"),
    ("<uuid:conversation>", "<uuid:conversation>", relation.ecrire_a_la_caf),
    ("<uuid:rendez_vous>", "<uuid:rendez_vous>", rendez_vous.prendre_un_rendez_vous),
    (
        "<uuid:document>",
        "<uuid:document>",
        lambda: Document.objects.using("proprietaire").filter(lie_a="dossier").latest("depose_le").pk,
    ),
    ("/mon-compte/demandes/", "<int:demande>", _demande_scellee),
    ("/agent/dossier/<int:numero>/demandes/", "<int:demande>", _demande_scellee),
    (
        "<int:piece>",
        "<int:piece>",
        lambda: PieceAttendue.objects.using("proprietaire").filter(etat="attendue").latest("pk").pk,
    ),
    (
        "<uuid:declaration>",
        "<uuid:declaration>",
        lambda: DeclarationScellee.objects.using("proprietaire").filter(genre="trimestre").latest("scellee_le").pk,
    ),
    ("<uuid:attestation>", "<uuid:attestation>", ecrans.attestation_d_amina),
    ("/versions/<int:numero>", "<int:numero>", lambda: 1),
    ("/algorithmes/", "<slug:code>", lambda: "af"),
    ("/mobile/v1/aides/", "<str:droit>", lambda: "rsa"),
    ("/mobile/v1/aides/", "<int:etape>", lambda: 0),
    ("/pourquoi/", "<slug:droit>", lambda: "rsa"),
    ("/borne/demander/", "<slug:droit>", lambda: "asf"),
)


def remplacer(patron: str) -> str:
    """The pattern with the objects above; what is common to most addresses is left to the matrix."""
    for ou, quoi, objet in OBJETS:
        if ou in patron and quoi in patron:
            patron = patron.replace(quoi, str(objet()))
    return patron

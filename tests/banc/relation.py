"""Amina writes to her Caf, as the pages do, for whoever needs a thread to look at."""

import uuid
from typing import Any

from django.utils import timezone

from limpide.registre.contexte import Acteur, traitement
from tests.banc import ecrans

TITRE = "Mon loyer a changé en octobre"
TEXTE = "Bonjour, mon loyer est passé à 612 euros. Dois-je faire quelque chose ?"


def ecrire_a_la_caf(titre: str = TITRE, texte: str = TEXTE) -> uuid.UUID:
    """The thread that waits for an answer; one is made when there is none."""
    from limpide.dossiers.models import Dossier
    from limpide.identite.models import Compte
    from limpide.relation import echanges
    from limpide.relation.models import Conversation

    dossier, personne = ecrans.fiche_d_amina()
    deja = Conversation.objects.using("proprietaire").filter(dossier_id=dossier, etat="attend").first()
    if deja is not None:
        return uuid.UUID(str(deja.pk))
    compte = Compte.objects.using("proprietaire").get(personne_id=personne, genre="allocataire")
    ecrit = echanges.Ecrit(uuid.uuid4(), texte, f"compte {compte.pk}", personne, timezone.now())
    acteur = Acteur("allocataire", compte.pk, "Vous-même")
    with traitement(echanges.MES_MESSAGES, acteur=acteur, motif="Essai", personne=personne):
        faite = echanges.ouvrir(Dossier.objects.get(pk=dossier), "situation", titre, ecrit)
    return uuid.UUID(str(faite.pk))


def saisie(client: Any, adresse: str, **champs: Any) -> dict[str, Any]:
    """What a browser sends: the fields, and the key that came with the form."""
    import re

    trouvee = re.search(r'name="cle" value="([0-9a-f-]{36})"', client.get(adresse).content.decode())
    assert trouvee is not None
    return {"cle": trouvee.group(1), **champs}

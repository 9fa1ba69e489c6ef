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


def au_telephone() -> dict[str, str]:
    """What Amina answers on the telephone, field by field."""
    from limpide.dossiers.models import Adresse, Dossier, Rattachement

    dossier = Dossier.objects.using("proprietaire").select_related("allocataire").get(pk=ecrans.fiche_d_amina()[0])
    enfants = Rattachement.objects.using("proprietaire").filter(
        dossier_id=dossier.pk, role="enfant", valide__contains=timezone.localdate(), connu__contains=timezone.now()
    )
    adresse = Adresse.objects.using("proprietaire").filter(dossier_id=dossier.pk).first()
    elle, naissance = dossier.allocataire, enfants.earliest("pk").naissance
    return {
        "numero": dossier.numero, "nom": elle.nom_naissance.lower(), "prenom": elle.prenoms.split()[0],
        "naissance": f"{elle.date_naissance:%d/%m/%Y}", "enfant": f"{naissance:%d/%m/%Y}",
        "code_postal": adresse.code_postal if adresse else "75001",
    }  # fmt: skip

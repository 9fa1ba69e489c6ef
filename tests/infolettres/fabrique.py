"""Letters written, validated and sent as agents do; what stands in those that arrive."""

import datetime as dt
import re
from typing import Any

from django.utils import timezone

from limpide.identite.models import PointDeContact
from limpide.infolettres import abonnements, envoi, redaction
from limpide.infolettres.models import Infolettre
from limpide.registre.contexte import Acteur, traitement

from .conftest import REDACTRICE, SITE, VALIDEUR

TEXTE = (
    "## Vacances\n\nBonjour à **tous**.\n\n- une aide\n- [la page](https://exemple.test/aide)\n\n"
    "Sortir : {desabonnement}"
)


def compte_de(identifiant: str) -> Any:
    from limpide.identite.models import Compte

    return Compte.objects.using("proprietaire").get(identifiant=identifiant)


def par(identifiant: str) -> Any:
    """The processing of writing, opened by this agent."""
    compte = compte_de(identifiant)
    acteur = Acteur("agent", compte.pk, f"Caf {compte.organisme_id}")
    return traitement(redaction.REDIGER, acteur=acteur, motif="Essai", organisme=compte.organisme_id)


def rediger(portee: str = "nationale", texte: str = TEXTE, sujet: str = "Les aides aux vacances") -> Infolettre:
    """A draft."""
    agente = compte_de(REDACTRICE)
    with par(REDACTRICE):
        return redaction.ecrire(agente.pk, agente.organisme_id, portee, "mission", sujet, texte)


def valider(lettre: Infolettre, qui: str = VALIDEUR) -> Infolettre:
    """Proposed by who wrote it, validated by somebody else."""
    redactrice, valideur = compte_de(REDACTRICE).pk, compte_de(qui).pk
    with par(REDACTRICE):
        redaction.proposer(Infolettre.objects.get(pk=lettre.pk), redactrice)
    with par(qui):
        vue = Infolettre.objects.get(pk=lettre.pk)
        redaction.valider(vue, valideur, vue.version_proposee or 0)
    return relue(lettre)


def relue(lettre: Infolettre) -> Infolettre:
    lue: Infolettre = Infolettre.objects.using("proprietaire").get(pk=lettre.pk)
    return lue


def envoyer(lettre: Infolettre | None = None) -> tuple[Infolettre, envoi.Bilan]:
    """A national letter written, validated, sent."""
    validee = valider(lettre or rediger())
    bilan = envoi.envoyer(executer=True)
    return relue(validee), bilan


def chemin(adresse: str) -> str:
    """The path of an address of the site."""
    assert adresse.startswith(SITE)
    return adresse.removeprefix(SITE)


def lien_de_sortie(recu: Any) -> str:
    return chemin(re.findall(r"<(\S+)>", recu.entetes["List-Unsubscribe"])[0])


def image_de(recu: Any) -> str:
    """Path of the image of a letter; empty when it has none."""
    trouvees = re.findall(r'<img src="([^"]+)"', recu.html)
    return chemin(trouvees[0]) if trouvees else ""


def abonner_des_voisins(nombre: int, prefixe: str = "voisin") -> list[int]:
    """Persons of the world with a confirmed address, subscribed; their addresses are `prefixe.N@exemple.test`."""
    from limpide.identite import contacts
    from limpide.identite.models import Affiliation

    avec = list(PointDeContact.objects.using("proprietaire").values_list("personne_id", flat=True))
    siens = Affiliation.objects.using("proprietaire").exclude(personne_id__in=avec).order_by("personne_id")
    personnes = list(dict.fromkeys(siens.values_list("personne_id", flat=True)))[:nombre]
    assert len(personnes) == nombre
    for rang, personne in enumerate(personnes):
        lue = contacts.lire("courriel", f"{prefixe}.{rang}@exemple.test")
        point = PointDeContact(personne_id=personne, genre="courriel", empreinte=contacts.empreinte("courriel", lue))
        point.confirme_le, point.valeur = timezone.now() - dt.timedelta(days=300), lue
        point.save(using="proprietaire", force_insert=True)
        acteur = Acteur("allocataire", 1, "Vous-même")
        with traitement(abonnements.MES_INFOLETTRES, acteur=acteur, motif="Essai", personne=personne):
            abonnements.a_l_ouverture(personne)
    return personnes


def accepter(personnes: list[int]) -> None:
    for personne in personnes:
        acteur = Acteur("allocataire", 1, "Vous-même")
        with traitement(abonnements.MES_INFOLETTRES, acteur=acteur, motif="Essai", personne=personne):
            assert abonnements.accepter_la_reception(personne)

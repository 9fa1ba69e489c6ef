"""My appeals: where they stand, until when, and the letter of the person who decided."""

import datetime as dt
import html
from typing import Any

import pytest

from limpide.dossiers.models import Decision, Dossier
from limpide.identite.models import Compte
from limpide.paiements import recours
from limpide.paiements.models import Recours
from limpide.registre.contexte import Acteur, traitement
from tests.banc import ecrans

LE = dt.date(2026, 11, 10)


@pytest.fixture
def depose(base: None) -> tuple[Any, Recours]:
    """Amina appeals about her RSA; (accounts, appeal)."""
    presents = ecrans.peupler()
    numero = ecrans.fiche_d_amina()[0]
    with suivi():
        decision = Decision.objects.filter(dossier_id=numero, effets__contains=[{"droit": "rsa"}]).latest("pk")
        objet = recours.Objet("rsa", decision=decision.pk)
        return presents, recours.deposer(Dossier.objects.get(pk=numero), "departement", objet, LE)


def suivi() -> Any:
    agente = Compte.objects.using("proprietaire").get(identifiant=ecrans.AGENT_PARIS).pk
    return traitement("suivi_recours", acteur=Acteur("agent", agente, "Caf"), organisme="751", motif="Essai")


def texte(reponse: Any) -> str:
    assert reponse.status_code == 200
    return html.unescape(reponse.content.decode())


def test_un_recours_qui_attend_dit_qui_repond_et_jusqu_a_quand(depose: tuple[Any, Recours]) -> None:
    presents, attendu = depose
    page = texte(ecrans.allocataire(presents).get("/mon-compte/decisions/"))
    assert "Revenu de solidarité active : recours du 10 novembre 2026" in page
    assert "réponse attendue au plus tard le 10/01/2027" in page
    assert "article L231-4" in page
    assert "vous pouvez saisir : Tribunal administratif" in page
    assert ecrans.allocataire(presents).get(f"/mon-compte/recours/{attendu.pk}/").status_code == 404


def test_la_reponse_d_une_personne_se_lit_et_se_telecharge(depose: tuple[Any, Recours]) -> None:
    presents, attendu = depose
    with suivi():
        signee = recours.Signature("Dominique Petit", "Cheffe du service RSA", "Les revenus sont ceux du dossier.")
        recours.decider(attendu, "rejete", dt.date(2026, 11, 20), signee)
    amina = ecrans.allocataire(presents)
    page = texte(amina.get("/mon-compte/decisions/"))
    assert "Le recours est rejeté" in page
    lettre = texte(amina.get(f"/mon-compte/recours/{attendu.pk}/"))
    for dit in (
        "Dominique Petit, Cheffe du service RSA – Président du conseil départemental",
        "Les revenus sont ceux du dossier.", "Aucun calcul ne l'a prise", "tribunal administratif",
    ):  # fmt: skip
        assert dit in lettre
    assert "traitement algorithmique" not in lettre
    envoi = amina.get(f"/mon-compte/recours/{attendu.pk}/lettre.pdf")
    assert envoi.content.startswith(b"%PDF-")
    voisin = ecrans.autre_dossier("751", sauf=ecrans.fiche_d_amina()[0])
    numero = ecrans.ouvrir_un_compte(voisin)
    Compte.objects.using("proprietaire").update(mot_de_passe_a_changer=False)
    voisine = ecrans.visiteur()
    ecrans.entrer(voisine, numero.en_clair())
    assert voisine.get(f"/mon-compte/recours/{attendu.pk}/").status_code == 404

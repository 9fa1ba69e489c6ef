"""An appeal against a calculated decision: a person decides it, signs and gives reasons; a rule can't."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connections

from limpide.dossiers import lettres
from limpide.dossiers.liquidation import liquider_mois
from limpide.dossiers.models import Decision, Dossier
from limpide.dossiers.voies_de_recours import recours_de
from limpide.identite.erreurs import ErreurSaisie
from limpide.paiements import controles, lettre_humaine, recours
from limpide.paiements.models import DecisionHumaine, Recours
from limpide.registre.contexte import SYSTEME, HorsRegistre, traitement
from tests.banc.mois import AGENT, MOIS, liquidation_ouverte, temoin

LE = dt.date(2026, 11, 20)
SIGNEE = recours.Signature("Dominique Petit", "Présidente de la commission", "Les revenus sont ceux du dossier.")


def suivi(acteur: Any = AGENT) -> Any:
    return traitement("suivi_recours", acteur=acteur, organisme="751", motif="Essai")


@pytest.fixture
def conteste(monde: None) -> Recours:
    """An appeal against a calculated decision of the first file."""
    liquider_mois(MOIS, ["751"])
    with suivi():
        dossier = temoin()
        decision = Decision.objects.filter(dossier_id=dossier.pk).latest("pk")
        droit = decision.effets[0]["droit"]
        voie = recours.voies_ouvertes(droit)[0]
        return recours.deposer(dossier, voie, recours.Objet(droit, decision=decision.pk), LE)


def ecrites() -> tuple[list[str], int]:
    etats = Recours.objects.using("proprietaire").values_list("etat", flat=True)
    return list(etats), DecisionHumaine.objects.using("proprietaire").count()


@pytest.mark.preuve("Un recours contre une décision calculée est décidé par une personne qui signe", systemes=("S42",))
def test_une_personne_decide(conteste: Recours) -> None:
    with pytest.raises(ErreurSaisie, match="Une personne décide de ce recours"), suivi():
        recours.decider(conteste, "rejete", LE)
    assert ecrites() == (["depose"], 0)
    with suivi():
        recours.decider(conteste, "rejete", LE, SIGNEE)
    assert ecrites() == (["decide"], 1)
    faite = DecisionHumaine.objects.using("proprietaire").get()
    assert (faite.automatisation, faite.signataire, faite.motifs) == ("aucune", SIGNEE.signataire, SIGNEE.motifs)
    assert faite.service == conteste.get_voie_display()


def test_un_desistement_ne_demande_pas_de_decision(conteste: Recours) -> None:
    with suivi():
        recours.decider(conteste, "desistement", LE)
    assert ecrites() == (["decide"], 0)


@pytest.mark.parametrize(
    ("signee", "champ"),
    [(recours.Signature(" ", "Présidente", SIGNEE.motifs), "signataire"),
     (recours.Signature("Dominique Petit", "", SIGNEE.motifs), "signataire"),
     (recours.Signature("Dominique Petit", "Présidente", "Non."), "motifs")],
)  # fmt: skip
def test_sans_auteur_ou_sans_motifs_refuse(conteste: Recours, signee: recours.Signature, champ: str) -> None:
    with pytest.raises(ErreurSaisie) as refus, suivi():
        recours.decider(conteste, "rejete", LE, signee)
    assert list(refus.value.champs) == [champ]
    assert ecrites() == (["depose"], 0)


def test_un_traitement_ne_decide_pas(conteste: Recours) -> None:
    with pytest.raises(HorsRegistre, match="n'est pas ouvert à « systeme »"), suivi(SYSTEME):
        recours.decider(conteste, "rejete", LE, SIGNEE)
    with pytest.raises(PermissionError, match="agent identifié"), liquidation_ouverte():
        recours.decider(conteste, "rejete", LE, SIGNEE)
    assert ecrites() == (["depose"], 0)


@pytest.mark.preuve("Une règle ne signe jamais une décision humaine : la déclaration s'y oppose", systemes=("S42",))
def test_aucun_traitement_automatique_ne_peut_signer(monkeypatch: pytest.MonkeyPatch) -> None:
    assert controles.verifier_les_signatures(None) == []
    declares = dict(controles.registre().traitements)
    autre = declares["suivi_recours"]
    monkeypatch.setattr(controles, "registre", lambda: type("R", (), {"traitements": {"x": _ouvert(autre)}}))
    (erreur,) = controles.verifier_les_signatures(None)
    assert "une règle ne signe pas" in erreur.msg


def _ouvert(declare: Any) -> Any:
    import dataclasses

    return dataclasses.replace(declare, genres=("agent", "systeme"))


def test_la_base_exige_la_personne(conteste: Recours) -> None:
    ordre = "UPDATE paiements_recours SET etat = 'decide', issue = 'rejete', decide_le = depose_le"
    with pytest.raises(IntegrityError, match="décidé par une personne"), connections["proprietaire"].cursor() as c:
        c.execute(ordre)
    with suivi():
        recours.decider(conteste, "rejete", LE, SIGNEE)
    for verbe in ("UPDATE paiements_decisionhumaine SET motifs = 'x'", "DELETE FROM paiements_decisionhumaine"):
        with pytest.raises(IntegrityError, match="ne se modifie pas"), connections["proprietaire"].cursor() as c:
            c.execute(verbe)
    assert ecrites() == (["decide"], 1)


@pytest.mark.preuve(
    "La réponse d'une personne à un recours a sa lettre, sans règle ni mention d'un calcul", systemes=("S42",)
)
def test_la_lettre_d_une_personne_n_est_pas_celle_d_un_calcul(conteste: Recours) -> None:
    with suivi():
        recours.decider(conteste, "rejete", LE, SIGNEE)
    faite = DecisionHumaine.objects.using("proprietaire").select_related("recours").get()
    dossier = temoin_lisible(faite.dossier_id)
    lettre = lettre_humaine.emettre(faite, dossier)
    assert (lettre.signataire, lettre.motifs, lettre.issue) == (
        SIGNEE.signataire, SIGNEE.motifs, "Le recours est rejeté",
    )  # fmt: skip
    assert not {"mention", "regles", "niveau"} & {f.name for f in dataclasses.fields(lettre)}
    assert recours_de(conteste.droit)["apres"].strip() == lettre.recours
    assert lettre_humaine.en_pdf(lettre).startswith(b"%PDF-")
    assert lettre_humaine.en_pdf(lettre) == lettre_humaine.en_pdf(lettre)


@pytest.mark.parametrize("manque", ["signataire", "qualite", "service", "motifs", "issue", "recours"])
def test_une_lettre_sans_auteur_ou_sans_motifs_ne_part_pas(manque: str) -> None:
    complete = {
        "caisse": "Caf", "dossier": "1", "destinataire": "A B", "reference": "751-R1", "le": dt.datetime.now(dt.UTC),
        "recours": "r", "droit": "RSA", "depose_le": LE, "decide_le": LE, "issue": "i", "service": "s",
        "signataire": "n", "qualite": "q", "motifs": "m",
    }  # fmt: skip
    assert lettre_humaine.LettreHumaine(**complete)
    with pytest.raises(lettres.LettreIncomplete, match="il lui manque"):
        lettre_humaine.LettreHumaine(**complete | {manque: " "})


def temoin_lisible(numero: int) -> Any:
    """The file with its Caf and its allocataire, read as the owner."""
    return Dossier.objects.using("proprietaire").select_related("organisme", "allocataire").get(pk=numero)

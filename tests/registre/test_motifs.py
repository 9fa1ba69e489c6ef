"""What may be objected to and what must be kept: said by the declarations and by the state of the file."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from limpide.registre.collecte import registre
from limpide.registre.demandes import motifs, regles, services
from limpide.registre.demandes.modeles import DemandeDroit
from tests.banc import ecrans, temps
from tests.registre.test_demandes import deposer, guichet, toutes

TERME = """INSERT INTO registre_archivage
  (dossier_id, organisme, etat, fin_de_relation, efface_apres, archive_le, canal, avis)
  VALUES (%s, '751', 'archive', '2019-01-01', %s, now(), '', '')"""


@pytest.fixture
def presents(base: None) -> Any:
    return ecrans.peupler()


def commencee(genre: str) -> Any:
    dossier, personne = ecrans.fiche_d_amina()
    demande = deposer(personne, dossier, genre)
    with guichet():
        services.avancer(demande, regles.EN_COURS)
    return demande


def reponse(demande: Any) -> tuple[str, str]:
    ligne = toutes(DemandeDroit).get(pk=demande.pk)
    return ligne.etat, ligne.reponse


def test_chaque_systeme_vivant_dit_si_l_on_peut_s_y_opposer() -> None:
    dites = {o.systeme: o for o in motifs.oppositions()}
    assert set(dites) == {c for c, s in registre().systemes.items() if s.statut == "vivant"}
    assert {c for c, o in dites.items() if o.voie == motifs.ABSENTE} == {
        c for c in dites if not registre().construit(c)
    }
    assert {c: dites[c].voie for c in ("S06", "S27", "S39", "S43", "S46", "S22")} == {
        "S06": "exclue", "S27": "exclue", "S39": "motivee", "S43": "exclue", "S46": "libre", "S22": "absente",
    }  # fmt: skip
    assert "impérieux" in dites["S06"].phrase
    assert "obligation légale" in dites["S43"].phrase


@pytest.mark.preuve(
    "DR-10 : une opposition s'accorde là où la fiche du traitement l'ouvre, et se refuse ailleurs avec sa raison",
    systemes=("S44",),
)
def test_une_opposition_suit_la_fiche_du_traitement_vise(presents: Any) -> None:
    demande = commencee("opposition")
    with guichet():
        for systeme, message in (("", "à quel traitement"), ("S06", "art. 21.1"), ("S22", "pas en service")):
            with pytest.raises(services.TransitionRefusee, match=message):
                services.repondre(demande, regles.ACCORDEE, "Oui.", systeme=systeme)
        with pytest.raises(services.TransitionRefusee, match="ne se refuse pas"):
            services.repondre(demande, regles.REFUSEE, "Non.", systeme="S46")
    assert reponse(demande) == (regles.EN_COURS, "")
    with guichet():
        services.repondre(demande, regles.REFUSEE, "Votre dossier est payé chaque mois.", systeme="S06")
    etat, texte = reponse(demande)
    assert etat == regles.REFUSEE
    assert texte.startswith(f"Traitement « {registre().systemes['S06'].nom} ». {motifs.PHRASES['mission']}")
    assert texte.endswith("Votre dossier est payé chaque mois.")


@pytest.mark.preuve(
    "Un effacement ne s'accorde que quand plus rien n'oblige à garder le dossier (RGPD art. 17.3), et le dit",
    systemes=("S44",),
)
def test_un_effacement_attend_que_rien_n_oblige_a_garder(presents: Any) -> None:
    demande, demain = commencee("effacement"), timezone.localdate() + dt.timedelta(days=1)
    dossier = demande.dossier_id
    with guichet(), pytest.raises(services.TransitionRefusee, match="tant que dure votre relation"):
        services.repondre(demande, regles.ACCORDEE, "Oui.")
    temps.proprietaire(TERME, [dossier, demain])
    with guichet(), pytest.raises(services.TransitionRefusee, match=f"jusqu'au {demain:%d/%m/%Y}"):
        services.repondre(demande, regles.ACCORDEE, "Oui.")
    temps.proprietaire("UPDATE registre_archivage SET efface_apres = '2025-01-01' WHERE dossier_id = %s", [dossier])
    temps.proprietaire(
        "INSERT INTO registre_gel (dossier_id, organisme, motif, reference, pose_le, pose_par, leve_par) "
        "VALUES (%s, '751', 'justice', 'essai', now(), 'essai', '')", [dossier],
    )  # fmt: skip
    with guichet(), pytest.raises(services.TransitionRefusee, match="suspendu"):
        services.repondre(demande, regles.ACCORDEE, "Oui.")
    assert reponse(demande) == (regles.EN_COURS, "")
    temps.proprietaire("UPDATE registre_gel SET leve_le = now(), leve_par = 'essai' WHERE reference = 'essai'", [])
    with guichet():
        services.repondre(demande, regles.ACCORDEE, "Votre dossier part à la prochaine purge.")
    assert reponse(demande) == (regles.ACCORDEE, "Votre dossier part à la prochaine purge.")


def test_le_delegue_voit_les_raisons_et_choisit_le_traitement(presents: Any) -> None:
    dpd = ecrans.agent(presents, ecrans.DPD)
    demande = commencee("opposition")
    fiche = f"/dpd/demandes/{demande.pk}/"
    page = dpd.get(fiche).content.decode()
    assert "À quoi l'on peut s'opposer" in page
    vide = dpd.post(f"{fiche}repondre/", {"systeme": "", "issue": "refusee", "reponse": "Non, pour la raison dite."})
    assert vide.status_code == 422
    assert "Non, pour la raison dite." in vide.content.decode()
    exclue = dpd.post(f"{fiche}repondre/", {"systeme": "S06", "issue": "accordee", "reponse": "Oui"})
    assert exclue.status_code == 409
    assert "impérieux" in exclue.content.decode()
    assert dpd.post(f"{fiche}repondre/", {"systeme": "S06", "issue": "refusee", "reponse": "Non."}).status_code == 302
    assert "impérieux" in ecrans.allocataire(presents).get("/mon-compte/mes-donnees/").content.decode()
    effacement = commencee("effacement")
    assert "RGPD art. 17.3.b" in dpd.get(f"/dpd/demandes/{effacement.pk}/").content.decode()

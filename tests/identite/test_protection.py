"""Protection measures: what a judgement may give, one at a time, never rewritten; who may ask for the data."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from limpide.identite import protection
from limpide.identite.erreurs import ErreurSaisie
from limpide.identite.mesures import GENRES, POUVOIRS
from limpide.identite.models import MesureProtection, Personne
from limpide.registre.contexte import Acteur, traitement
from limpide.registre.demandes import assemblage, regles, services
from limpide.registre.demandes.modeles import DemandeDroit, ReponseAcces
from limpide.registre.demandes.representation import SANS_MESURE
from limpide.registre.demandes.traitements import ASSEMBLAGE, GUICHET
from tests.banc import ecrans

AGENT = Acteur("agent", 1, "Caf 751")
DPD = Acteur("dpd", 9, "Délégué")
JOUR = dt.date(2026, 11, 25)
JUGEMENT = {
    "genre": "tutelle", "protecteur_genre": "organisme", "protecteur_nom": "Association Vermandel",
    "jugement_le": dt.date(2025, 3, 3), "tribunal": "Tribunal judiciaire de Paris", "debut": dt.date(2025, 3, 3),
    "fin": dt.date(2030, 3, 2), "pouvoirs": frozenset({"paiements", "donnees"}),
}  # fmt: skip


@pytest.fixture
def amina(base: None) -> tuple[int, int]:
    ecrans.peupler(2, ())
    return ecrans.fiche_d_amina()


def toutes(modele: Any) -> Any:
    return modele.objects.using("proprietaire")


def enregistrer(personne: int, **champs: Any) -> MesureProtection:
    with traitement("mesures_protection", acteur=AGENT, motif="Essai", organisme="751"):
        qui = Personne.objects.get(pk=personne)
        return protection.enregistrer(qui, protection.Jugement(**{**JUGEMENT, **champs}), JOUR)


def demander(personne: int, dossier: int, recue: dt.date = JOUR, *, par_le_protecteur: bool = True) -> DemandeDroit:
    with traitement(GUICHET, acteur=DPD, motif="Essai"):
        return services.deposer(
            personne=personne, dossier=dossier, organisme="751", genre="acces", objet="Tout", canal="courrier",
            recue_le=recue, par_le_protecteur=par_le_protecteur,
        )  # fmt: skip


@pytest.mark.parametrize("genre", [c for c, g in GENRES.items() if set(POUVOIRS) - set(g.possibles)])
@pytest.mark.preuve("DR-11 : chaque mesure ne donne que les pouvoirs que le code civil lui permet, la base le tient")
def test_la_base_refuse_un_pouvoir_que_la_mesure_ne_permet_pas(amina: tuple[int, int], genre: str) -> None:
    _, personne = amina
    regle = GENRES[genre]
    interdits = [p for p in POUVOIRS if p not in regle.possibles]
    champs = {"genre": genre, "protecteur_genre": regle.protecteurs[0], "adresse_courrier": "1 rue du Puits, Paris"}
    for pouvoir in interdits:
        with pytest.raises(ErreurSaisie, match="ne permet pas ce pouvoir"):
            enregistrer(personne, **champs, pouvoirs=frozenset({pouvoir}))
    permise = enregistrer(personne, **{**champs, "adresse_courrier": ""}, pouvoirs=frozenset())
    for pouvoir in interdits:
        with pytest.raises(IntegrityError), transaction.atomic("proprietaire"):
            toutes(MesureProtection).filter(pk=permise.pk).update(**{f"pouvoir_{pouvoir}": True})
        copie = toutes(MesureProtection).get(pk=permise.pk)
        copie.pk, copie.valide = None, type(copie.valide)(dt.date(2035, 1, 1), dt.date(2036, 1, 1))
        setattr(copie, f"pouvoir_{pouvoir}", True)
        copie.adresse_courrier = champs["adresse_courrier"] if pouvoir == "courrier" else ""
        with pytest.raises(IntegrityError, match="mesure_pouvoirs_de_son_genre"), transaction.atomic("proprietaire"):
            copie.save(using="proprietaire", force_insert=True)
    assert toutes(MesureProtection).count() == 1


def test_une_seule_mesure_a_la_fois_et_un_terme(amina: tuple[int, int]) -> None:
    _, personne = amina
    enregistrer(personne)
    with pytest.raises(ErreurSaisie, match="déjà en cours") as refus:
        enregistrer(personne, debut=dt.date(2028, 1, 1))
    assert set(refus.value.champs) == {"debut"}
    with pytest.raises(ErreurSaisie, match="Le juge fixe la durée"):
        enregistrer(personne, debut=dt.date(2031, 1, 1), fin=None)
    with pytest.raises(ErreurSaisie, match="mineure"):
        enregistrer(personne, debut=dt.date(1995, 1, 1), fin=dt.date(1996, 1, 1))
    with pytest.raises(ErreurSaisie, match="adresse du protecteur"):
        enregistrer(personne, debut=dt.date(2031, 1, 1), fin=dt.date(2032, 1, 1), pouvoirs=frozenset({"courrier"}))
    with pytest.raises(ErreurSaisie, match="ou ce protecteur"):
        enregistrer(personne, debut=dt.date(2031, 1, 1), fin=None, genre="habilitation", pouvoirs=frozenset())
    assert toutes(MesureProtection).count() == 1


def test_une_mesure_prend_fin_et_ne_se_reecrit_pas(amina: tuple[int, int]) -> None:
    _, personne = amina
    mesure = enregistrer(personne)
    with traitement("mesures_protection", acteur=AGENT, motif="Essai", organisme="751"):
        with pytest.raises(ErreurSaisie, match="se termine déjà avant"):
            protection.terminer(mesure, dt.date(2031, 1, 1))
        protection.terminer(mesure, dt.date(2026, 6, 30))
    for champs in ({"protecteur_nom": "Autre"}, {"pouvoir_paiements": False}):
        with pytest.raises(IntegrityError, match="ne se réécrit pas"), transaction.atomic("proprietaire"):
            toutes(MesureProtection).update(**champs)
    with pytest.raises(IntegrityError, match="ne se réécrit pas"), transaction.atomic("proprietaire"):
        toutes(MesureProtection).update(valide=type(mesure.valide)(dt.date(2025, 3, 3), dt.date(2027, 1, 1)))
    assert toutes(MesureProtection).get().valide.upper == dt.date(2026, 7, 1)


def test_une_autre_caf_ne_voit_pas_la_mesure(amina: tuple[int, int]) -> None:
    _, personne = amina
    enregistrer(personne)
    with traitement("mesures_protection", acteur=AGENT, motif="Essai", organisme="591"):
        assert protection.mesures_de(personne) == []
    with traitement("mesures_protection", acteur=AGENT, motif="Essai", organisme="751"):
        assert [m.genre for m in protection.mesures_de(personne)] == ["tutelle"]


@pytest.mark.preuve(
    "DR-11 : le protecteur exerce les droits quand la mesure le lui permet, et se voit opposer la raison sinon",
    systemes=("S44",),
)
def test_le_protecteur_demande_si_la_mesure_le_permet(amina: tuple[int, int]) -> None:
    dossier, personne = amina
    inconnu = demander(personne, dossier)
    assert (inconnu.etat, inconnu.reponse) == (regles.REFUSEE, SANS_MESURE)
    enregistrer(personne, debut=dt.date(2025, 3, 3), fin=dt.date(2025, 12, 31), genre="curatelle", pouvoirs=frozenset())
    assiste = demander(personne, dossier, dt.date(2025, 6, 2))
    assert assiste.etat == regles.REFUSEE
    assert "art. 467" in assiste.reponse
    assert demander(personne, dossier, dt.date(2025, 6, 2), par_le_protecteur=False).etat == regles.A_IDENTIFIER
    enregistrer(personne, debut=dt.date(2026, 1, 1))
    permise = demander(personne, dossier)
    assert permise.etat == regles.A_IDENTIFIER
    assert permise.represente_par == "Association Vermandel (tutelle, jugement du 03/03/2025)"


def test_rien_n_est_donne_a_un_protecteur_dont_la_mesure_a_fini(amina: tuple[int, int], monkeypatch: Any) -> None:
    dossier, personne = amina
    mesure = enregistrer(personne)
    demande = demander(personne, dossier)
    monkeypatch.setattr(services.timezone, "localdate", lambda: JOUR)
    with traitement(GUICHET, acteur=DPD, motif="Essai"):
        services.identifier(demande, moyen="Jugement et carte du mandataire", copie_detruite_le=JOUR)
    with traitement("mesures_protection", acteur=AGENT, motif="Essai", organisme="751"):
        protection.terminer(mesure, dt.date(2026, 10, 31))
    with traitement(GUICHET, acteur=DPD, motif="Essai"), pytest.raises(services.TransitionRefusee, match="a pris fin"):
        services.repondre(demande, regles.ACCORDEE, "Voici.")
    assert toutes(DemandeDroit).get(pk=demande.pk).etat == regles.EN_COURS
    assert toutes(ReponseAcces).count() == 0
    with traitement(GUICHET, acteur=DPD, motif="Essai"):
        assert services.repondre(demande, regles.REFUSEE, "La mesure a fini.").etat == regles.REFUSEE


def test_qui_a_demande_ne_se_reecrit_pas(amina: tuple[int, int]) -> None:
    dossier, personne = amina
    enregistrer(personne)
    demander(personne, dossier)
    with pytest.raises(IntegrityError, match="ne se réécrit pas"), transaction.atomic("proprietaire"):
        toutes(DemandeDroit).update(represente_par="")


def test_l_acces_contient_la_mesure(amina: tuple[int, int]) -> None:
    _, personne = amina
    enregistrer(personne)
    with traitement(ASSEMBLAGE, acteur=DPD, motif="Essai", personne=personne):
        contenu = assemblage.assembler(personne, JOUR)
    (ligne,) = next(t for t in contenu["tables"] if t["table"] == "identite.MesureProtection")["lignes"]
    assert (ligne["mesure"], ligne["protecteur"]) == ("tutelle", "Association Vermandel")
    assert ligne["exerce les droits sur les données"] == "oui"
    assert ligne["enregistrée par"] == assemblage.UN_AGENT

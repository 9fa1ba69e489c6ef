"""Clocks to the day, deaths, claimants without any right; a purge cut or killed anywhere."""

import datetime as dt
import json
import random
from typing import Any

import pytest

from limpide.dossiers.models import Dossier, Fait
from limpide.identite.models import Personne
from limpide.paiements.audit import auditer
from limpide.registre.conservation import cycle, purge
from limpide.registre.conservation.modeles import Archivage, RapportPurge
from limpide.registre.conservation.permission import CYCLE
from limpide.registre.contexte import SYSTEME, traitement
from tests.banc import ecrans, temps
from tests.dossiers import fabrique
from tests.pannes import coupures
from tests.registre.conservation.gestes import commande, jusqu_au_bout, tous


@pytest.mark.preuve("Une purge coupée au milieu reprend, et finit le même rapport")
def test_a_purge_cut_in_the_middle_goes_on(amina: int, monkeypatch: pytest.MonkeyPatch) -> None:
    voisin = ecrans.autre_dossier("751", sauf=amina)
    temps.clore(voisin.pk, dt.date(2018, 12, 31))
    jusqu_au_bout()
    vraie, faites = purge._effacer, []

    def coupee(rapport: Any, caf: str, dossiers: list[int]) -> None:
        vraie(rapport, caf, dossiers)
        faites.append(dossiers)
        if len(faites) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(purge, "_effacer", coupee)
    with pytest.raises(KeyboardInterrupt):
        purge.purger(lot=1)
    assert tous(RapportPurge).get().etat == "en_cours"
    assert tous(Dossier).filter(pk__in=[amina, voisin.pk]).count() == 1
    monkeypatch.setattr(purge, "_effacer", vraie)
    rapport = purge.purger(lot=1)
    assert tous(RapportPurge).get().pk == rapport.pk
    assert tous(Dossier).filter(pk__in=[amina, voisin.pk]).count() == 0
    assert json.loads(rapport.contenu)["lignes"]["dossiers.Dossier"] == 2


@pytest.mark.preuve(
    "kill -9 pendant une purge : rien d'à moitié effacé, la suivante finit son rapport", controles=(27,)
)
def test_a_purge_killed_anywhere_goes_on(amina: int) -> None:
    fermes = [amina, *tous(Dossier).filter(organisme_id="751").exclude(pk=amina).values_list("pk", flat=True)]
    for dossier in fermes:
        temps.clore(dossier, dt.date(2018, 12, 31))
    jusqu_au_bout()
    dus = tous(Archivage).filter(etat="prevenu").count()
    assert dus >= 2
    for graine in range(4):
        coupures.tuer_apres(coupures.lancer(lambda: purge.purger(lot=1)), random.Random(graine).uniform(0.05, 0.6))
        restants = set(tous(Dossier).filter(pk__in=fermes).values_list("pk", flat=True))
        assert set(tous(Archivage).values_list("dossier_id", flat=True)) == restants
        assert set(tous(Fait).filter(dossier_id__in=fermes).values_list("dossier_id", flat=True)) <= restants
    assert coupures.attendre(coupures.lancer(lambda: purge.purger(lot=1))) == 0
    assert tous(Dossier).filter(pk__in=fermes).count() == 0
    rapports = [json.loads(r.contenu)["lignes"] for r in tous(RapportPurge).order_by("pk")]
    assert sum(lignes.get("dossiers.Dossier", 0) for lignes in rapports) == dus
    assert auditer().ecart == ""


@pytest.mark.preuve("RET-10 : après un décès, le délai court du règlement des sommes de la succession")
def test_a_death_counts_from_the_settlement_of_the_sums(amina: int) -> None:
    fiche = tous(Dossier).get(pk=amina)
    temps.proprietaire("UPDATE identite_personne SET date_deces = '2019-03-01' WHERE id = %s", [fiche.allocataire_id])
    with traitement(CYCLE, acteur=SYSTEME, motif="Essai"):
        assert cycle.relations([amina])[amina].fin == dt.date(2019, 3, 1)
    temps.proprietaire(
        "UPDATE paiements_ecriture SET date_comptable = '2019-09-15' WHERE id = (SELECT max(ecriture_id) "
        "FROM paiements_ligneecriture WHERE dossier_id = %s)",
        [amina],
    )
    with traitement(CYCLE, acteur=SYSTEME, motif="Essai"):
        assert cycle.relations([amina])[amina].fin == dt.date(2019, 9, 15)
    temps.proprietaire(
        "UPDATE paiements_ligneecriture SET montant_centimes = montant_centimes - 500 WHERE id = (SELECT max(id) "
        "FROM paiements_ligneecriture WHERE dossier_id = %s AND compte = 'allocataires')",
        [amina],
    )
    with traitement(CYCLE, acteur=SYSTEME, motif="Essai"):
        relation = cycle.relations([amina])[amina]
        assert relation.fin is None
        assert [e.agent for e in relation.tenants] == ["Somme à verser à l'allocataire"]


@pytest.mark.preuve("RET-02 : six ans au plus, au jour près ; prévenu trente jours avant")
def test_the_clock_is_exact_to_the_day(amina: int) -> None:
    aujourd_hui = dt.date(2026, 11, 25)
    for fin, etape in (
        (dt.date(2024, 11, 26), "en_base"),
        (dt.date(2024, 11, 25), "a_archiver"),
        (dt.date(2020, 12, 26), "archives"),
        (dt.date(2020, 12, 25), "a_prevenir"),
    ):
        relation = cycle.Relation(amina, (cycle_element(fin),))
        archive = None
        if etape in ("archives", "a_prevenir"):
            archive = Archivage(dossier_id=amina, etat="archive", efface_apres=relation.effacable_le)
        assert cycle.Suivi("751", relation, archive, aujourd_hui).etape == etape


def cycle_element(fin: dt.date) -> Any:
    from limpide.registre.conservation.relations import Element

    return Element("relation", "Dossier clos", "Votre dossier est clos.", fin)


@pytest.mark.preuve("RET-04 : un demandeur à qui aucun droit n'a été ouvert est effacé deux ans après, et non six")
@pytest.mark.parametrize("prepare", [False, True])
def test_somebody_who_never_had_a_right_goes_earlier(base: None, *, prepare: bool) -> None:
    """A file closed, or one prepared for a protected person who never claimed."""
    dossier = fabrique.dossier(ouvert_le="2022-01-01")
    temps.clore(dossier.pk, dt.date(2023, 1, 1))
    if prepare:
        temps.proprietaire("DELETE FROM dossiers_rattachement WHERE dossier_id = %s", [dossier.pk])
        temps.proprietaire("UPDATE dossiers_dossier SET ouvert_le = NULL WHERE id = %s", [dossier.pk])
    assert cycle.examiner().jamais_allocataires == 1
    jusqu_au_bout()
    assert tous(Archivage).get().efface_apres == dt.date(2025, 1, 1)
    commande("purger", "--executer")
    assert tous(Dossier).count() == 0
    assert tous(Personne).count() == 0

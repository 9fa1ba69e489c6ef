"""Whatever is declared, corrected or withdrawn, the file « as known at t » stays what was believed at t."""

import datetime
import os

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from limpide.dossiers import connaissance, lecture, services
from limpide.dossiers.models import Dossier, Fait
from limpide.dossiers.periodes import TOUJOURS, chevauche, jour, reste
from limpide.dossiers.periodes import periode as faire
from tests.banc.base import connexion_superutilisateur

from .fabrique import AGENT, dossier, instruction

pytestmark = pytest.mark.django_db
MOIS = [datetime.date(2026, m, 1) for m in range(1, 13)]
rangs = st.integers(0, len(MOIS) - 1)
periodes = st.tuples(rangs, rangs | st.none()).filter(lambda p: p[1] is None or p[0] < p[1])


def de(bornes: tuple[int, int | None]):
    return faire(MOIS[bornes[0]], None if bornes[1] is None else MOIS[bornes[1]])


def jours(p) -> set[datetime.date]:
    return {m for m in [*MOIS, datetime.date(2030, 1, 1)] if m >= p.lower and (p.upper is None or m < p.upper)}


@given(periodes, periodes)
def test_le_reste_est_l_ancienne_moins_la_nouvelle(ancienne, nouvelle) -> None:
    ancienne, nouvelle = de(ancienne), de(nouvelle)
    morceaux = list(reste(ancienne, nouvelle))
    assert set().union(*map(jours, morceaux)) == jours(ancienne) - jours(nouvelle)
    assert not any(chevauche(m, nouvelle) for m in morceaux)
    assert sum(len(jours(m)) for m in morceaux) == len(jours(ancienne) - jours(nouvelle))


def test_jour_compte_depuis_1970() -> None:
    assert jour(datetime.date(1970, 1, 2)) == 1
    assert jour(datetime.date(9999, 12, 31)) < TOUJOURS


class Histoire(RuleBasedStateMachine):
    """A model of beliefs: month → value. After each gesture the database must agree, at every past instant."""

    @initialize()
    def ouvrir(self) -> None:
        self.dossier: Dossier = dossier()
        self.croyance: dict[datetime.date, int] = {}
        self.memoire: list[tuple[datetime.datetime, dict[datetime.date, int]]] = []

    def _retenir(self) -> None:
        self.memoire.append((connaissance.maintenant(), dict(self.croyance)))

    @rule(bornes=periodes, valeur=st.integers(0, 1_000_00))
    def declarer(self, bornes, valeur) -> None:
        with instruction():
            services.declarer_fait(self.dossier, "aide_logement", valeur, de(bornes), AGENT)
            self.croyance |= dict.fromkeys(jours(de(bornes)), valeur)
            self._retenir()

    @rule(choix=st.integers(0, 50), bornes=periodes, valeur=st.integers(0, 1_000_00))
    def corriger(self, choix, bornes, valeur) -> None:
        with instruction():
            connus = lecture.faits_connus(self.dossier)
            if not connus:
                return
            fait = connus[choix % len(connus)]
            for m in jours(fait.valide):
                del self.croyance[m]
            services.corriger_fait(fait, valeur, AGENT, de(bornes))
            self.croyance |= dict.fromkeys(jours(de(bornes)), valeur)
            self._retenir()

    @rule(choix=st.integers(0, 50))
    def retirer(self, choix) -> None:
        with instruction():
            connus = lecture.faits_connus(self.dossier)
            if not connus:
                return
            fait = connus[choix % len(connus)]
            for m in jours(fait.valide):
                del self.croyance[m]
            services.retirer_fait(fait)
            self._retenir()

    @invariant()
    def le_passe_ne_change_pas(self) -> None:
        with instruction():
            for instant, cru in self.memoire:
                lu: dict[datetime.date, int] = {}
                for fait in lecture.faits_connus(self.dossier, instant):
                    assert not jours(fait.valide) & lu.keys()
                    lu |= dict.fromkeys(jours(fait.valide), fait.valeur)
                assert lu == cru


@pytest.mark.preuve("Faits : quoi qu'on déclare ou corrige, le dossier « connu à telle date » reste ce qu'on croyait")
def test_le_passe_reste_ce_qu_il_fut() -> None:
    run_state_machine_as_test(
        Histoire,
        settings=settings(
            max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_la_chronologie_montre_la_correction() -> None:
    d = dossier()
    with instruction():
        fait = services.declarer_fait(d, "residence", 2, faire(MOIS[0]), AGENT)
        services.corriger_fait(fait, 0, AGENT)
        dernier, retrait, premier, ouverture = lecture.chronologie(d)
        assert (dernier.retrait, dernier.objet.valeur, dernier.nature.nom) == (False, 0, "residence")
        assert (retrait.retrait, retrait.objet.valeur, retrait.quand) == (True, 2, dernier.quand)
        assert (premier.retrait, premier.objet.pk) == (False, retrait.objet.pk)
        assert ouverture.nature is None


def test_la_vue_a_une_date_et_a_une_connaissance() -> None:
    d = dossier()
    with instruction():
        services.declarer_fait(d, "residence", 2, faire(MOIS[0]), AGENT)
        avant = connaissance.maintenant()
        services.declarer_fait(d, "residence", 0, faire(MOIS[4]), AGENT)

        def residence(mois: datetime.date, connu_au: datetime.datetime | None) -> list[int]:
            return [f.valeur for f in lecture.vue(d, mois, connu_au).faits]

        assert residence(MOIS[3], None) == [2]
        assert residence(MOIS[4], None) == [0]
        assert residence(MOIS[4], avant) == [2]
        assert len(lecture.vue(d, MOIS[0]).rattachements) == 1
        assert [r.role for r in lecture.composition(d)] == ["demandeur"]


@pytest.mark.preuve("Faits : un calcul rejoué à un instant figé lit exactement les mêmes faits")
def test_un_instant_fige_attend_ceux_qui_ecrivent() -> None:
    """A replay at a frozen instant sees exactly what was committed before it: writers hold the Caf's lock."""
    d = dossier()
    with instruction():
        connaissance.instant(d.organisme_id, d.pk)
        with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as autre:
            autre.execute("SET lock_timeout = '200ms'")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                autre.execute("SELECT pg_advisory_xact_lock(hashtextextended('connaissance:751', 0))")
    with instruction():
        fige = connaissance.figer(d.organisme_id)
    with instruction():
        fait = services.declarer_fait(d, "residence", 2, faire(MOIS[0]), AGENT)
        assert fait.connu.lower > fige
        assert Fait.objects.filter(dossier_id=d.pk, connu__contains=fige).count() == 0

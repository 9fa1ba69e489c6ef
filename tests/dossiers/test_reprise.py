"""A file that came from a former system is corrected like another: in part, the rest keeping where it came from."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils import timezone

from limpide.dossiers import services
from limpide.dossiers.liquidation import liquider_mois
from limpide.dossiers.models import Dossier, Fait, Rattachement
from limpide.dossiers.previsualisation import Correction, appliquer, previsualiser
from limpide.identite.models import Personne
from limpide.monde import chargement
from limpide.registre.contexte import traitement
from tests.banc.mois import AGENT, MOIS, ORIGINE, correction_ouverte

SALAIRE, SEPTEMBRE, OCTOBRE, NOVEMBRE = 150_000, dt.date(2026, 9, 1), dt.date(2026, 10, 1), dt.date(2026, 11, 1)


@pytest.fixture
def salarie(base: None) -> Fait:
    """A wage of September and October, that came from a former system."""
    chargement.charger(40, 7, MOIS)
    for mois in ("2026-09", "2026-10", "2026-11"):
        liquider_mois(mois)
    salaires = Fait.objects.using("proprietaire").filter(
        nature=Fait.codes_natures()["salaire_net"], source="reprise", dossier__organisme_id="751",
        valide=DateRange(SEPTEMBRE, NOVEMBRE),
    )  # fmt: skip
    trouve = salaires.order_by("pk").first()
    assert trouve is not None
    return trouve


def connus(fait: Fait) -> list[tuple[Any, ...]]:
    siens = Fait.objects.using("proprietaire").filter(
        dossier_id=fait.dossier_id, personne_id=fait.personne_id, nature=fait.nature, connu__upper_inf=True
    )
    return sorted((f.valide.lower, f.valide.upper, f.valeur, f.source) for f in siens)


def test_one_month_of_a_wage_of_several_is_corrected(salarie: Fait) -> None:
    ailleurs = [c for c in connus(salarie) if c[0] != SEPTEMBRE]
    with correction_ouverte():
        fiche = Dossier.objects.get(pk=salarie.dossier_id)
        corrections = [Correction("salaire_net", SALAIRE, SEPTEMBRE, OCTOBRE, salarie.personne_id)]
        appliquer(fiche, corrections, ORIGINE, previsualiser(fiche, corrections).empreinte, "Essai")
    assert connus(salarie) == [
        *ailleurs, (SEPTEMBRE, OCTOBRE, SALAIRE, "agent"), (OCTOBRE, NOVEMBRE, salarie.valeur, "reprise"),
    ]  # fmt: skip


def test_the_civil_status_of_somebody_who_came_with_the_file_is_known_again(salarie: Fait) -> None:
    enfant = Rattachement.objects.using("proprietaire").filter(role="enfant", source="reprise", dossier__clos_le=None)
    sejour = enfant.filter(dossier__organisme_id="751", valide__upper_inf=True).order_by("pk").first()
    with traitement("instruction_droits", acteur=AGENT, organisme="751", motif="Essai"):
        fiche = Dossier.objects.get(pk=sejour.dossier_id)
        services.reprendre_l_etat_civil(fiche, Personne(pk=sejour.personne_id))
    siens = Rattachement.objects.using("proprietaire").filter(
        dossier_id=sejour.dossier_id, personne_id=sejour.personne_id, connu__upper_inf=True
    )
    assert [(r.valide, r.source) for r in siens] == [(sejour.valide, "reprise")]


def test_nobody_but_the_loading_says_that_it_was_known_before(salarie: Fait) -> None:
    hier = timezone.now() - dt.timedelta(days=1)
    with pytest.raises(IntegrityError, match="connu à partir du moment"), correction_ouverte(), transaction.atomic():
        Fait.objects.create(
            dossier_id=salarie.dossier_id, organisme_id="751", personne_id=salarie.personne_id,
            nature=Fait.codes_natures()["salaire_net"], valeur=1, valide=DateRange(NOVEMBRE, dt.date(2026, 12, 1)),
            connu=DateTimeTZRange(hier, None), source="reprise", auteur="essai",
        )  # fmt: skip

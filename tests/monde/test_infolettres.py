"""The demonstration's letters: one sent and partly read, one draft; made once, sent to nobody outside."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from limpide.identite.models import PointDeContact
from limpide.infolettres import reception
from limpide.infolettres.models import Infolettre
from limpide.monde import infolettres
from limpide.monde.identites import MESSAGERIE
from tests.banc import ecrans
from tests.infolettres.fabrique import par


@pytest.fixture
def monde(base: None) -> dict[str, Any]:
    MESSAGERIE.recus.clear()
    return ecrans.peupler(60, ())


def test_the_letters_are_made_once_and_their_pages_have_something_to_show(monde: dict[str, Any]) -> None:
    jour = timezone.localdate()
    partis = infolettres.installer(jour)
    envoyee, brouillon = Infolettre.objects.using("proprietaire").order_by("pk")
    assert (envoyee.etat, envoyee.portee, envoyee.partis) == ("envoyee", "nationale", partis)
    assert envoyee.envoyee_le.date() == jour - dt.timedelta(days=infolettres.IL_Y_A)
    assert (brouillon.etat, brouillon.portee, brouillon.organisme_id) == ("brouillon", "locale", "751")
    with par(infolettres.REDACTRICE):
        lu = reception.interet(envoyee)
    assert lu.dit == f"{sum(infolettres.OUVERTES_PAR_JOUR)} lettres affichées, sur {envoyee.suivis} suivies."
    assert [n for _, _, n in lu.tranches] == [12, 14]
    assert infolettres.installer(jour) == 0
    assert Infolettre.objects.using("proprietaire").count() == 2


def test_every_letter_reached_the_simulated_mailboxes_and_no_address_is_real(monde: dict[str, Any]) -> None:
    partis = infolettres.installer(timezone.localdate())
    assert len({r.vers for r in MESSAGERIE.recus}) == len(MESSAGERIE.recus) == partis > 30
    adresses = {p.valeur.en_clair() for p in PointDeContact.objects.using("proprietaire").filter(genre="courriel")}
    assert {a.rpartition(".")[2] for a in adresses} == {"test"}
    assert {r.vers for r in MESSAGERIE.recus} <= adresses

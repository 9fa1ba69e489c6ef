"""The demonstration's messages and appointments, written once."""

from typing import Any

import pytest
from django.utils import timezone

from limpide.monde import relation, rendez_vous
from limpide.relation.models import Contact, Conversation, Creneau, MessageEcrit, RendezVous
from tests.banc import ecrans


@pytest.fixture
def monde(base: None) -> dict[str, Any]:
    return ecrans.peupler(8, ())


def test_amina_has_a_message_answered_and_another_that_waits(monde: dict[str, Any]) -> None:
    assert relation.installer(timezone.localdate()) == 2
    assert relation.installer(timezone.localdate()) == 0
    etats = Conversation.objects.using("proprietaire").values_list("pk", "etat")
    assert dict(etats) == {relation.REPONDUE: "repondue", relation.EN_ATTENTE: "attend"}
    assert MessageEcrit.objects.using("proprietaire").count() == 3
    assert set(Contact.objects.using("proprietaire").values_list("canal", "relecture")) == {
        ("appel", "sans"), ("visite", "sans"),
    }  # fmt: skip
    ouverts = rendez_vous.installer(timezone.localdate())
    assert ouverts >= 3 * 5 * 6
    assert rendez_vous.installer(timezone.localdate()) == 0
    assert Creneau.objects.using("proprietaire").count() == ouverts
    assert RendezVous.objects.using("proprietaire").get().pk == rendez_vous.A_VENIR

"""The demonstration's messages: one answered, one that waits; written once."""

from typing import Any

import pytest
from django.utils import timezone

from limpide.monde import relation
from limpide.relation.models import Contact, Conversation, MessageEcrit
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

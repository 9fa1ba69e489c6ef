"""The demonstration's officer finds one unusual access, with the lines that it speaks of."""

import pytest
from django.utils import timezone

from limpide.monde import collegues
from limpide.registre.models import Alerte
from tests.banc import ecrans


@pytest.mark.django_db
def test_le_delegue_de_la_demonstration_a_un_acces_a_regarder() -> None:
    presents = ecrans.peupler()
    for _ in range(2):
        collegues.installer(timezone.localdate())
    alerte = Alerte.objects.using("proprietaire").get(genre="acces_collegue")
    assert "celui d'un collègue" in alerte.texte
    page = ecrans.agent(presents, ecrans.DPD).get(f"/dpd/alertes/{alerte.pk}/").content.decode()
    assert "Recherche d&#x27;un dossier" in page or "recherche_dossier" in page

"""A first claim: the household that its questions suppose is the one that its file will hold, month after month."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from limpide.dossiers import connaissance
from limpide.dossiers.models import Dossier
from limpide.dossiers.mois import decaler, premier_jour
from limpide.dossiers.situations import charger_dossier, situation_de
from limpide.droits.calcul import liquider
from limpide.droits.situation import Situation
from limpide.identite.models import Personne
from limpide.registre.contexte import SYSTEME, traitement
from limpide.usagers.demande import contenu, foyer_dit
from limpide.usagers.demande.aides import PAR_DROIT
from limpide.usagers.demande.parties import connues
from limpide.usagers.models import BrouillonDemande
from limpide.usagers.simulateur.periodes import mois_courant
from tests.banc import demandes, ecrans
from tests.usagers.test_demande import erreurs

CHEMIN = "/demande-af/"


def motif(situation: Situation) -> str:
    return liquider(situation, ["af"])["af"].motif


def suppose() -> foyer_dit.FoyerConnu:
    """The household as the answers of the draft tell it, before anything is sent."""
    brouillon = BrouillonDemande.objects.using("proprietaire").get()
    aide = PAR_DROIT["af"]
    elle = Personne.objects.using("proprietaire").get(pk=brouillon.personne_id)
    with traitement("instruction_droits", acteur=SYSTEME, motif="Essai", organisme="751"):
        lu = contenu.recapituler(brouillon.reponses, connues(aide, elle, mois_courant(), {"75": "751"}))
        assert lu is not None
        return foyer_dit.dire(lu[1])


@pytest.mark.parametrize(("deja_la", "ce_mois"), [("oui", "OUVERT"), ("non", "A_VENIR")])
def test_a_household_that_became_so_this_month_is_supposed_as_it_is_recorded(
    comptes_seuls: dict[str, Any], deja_la: str, ce_mois: str
) -> None:
    elle, jour = ecrans.demandeuse(comptes_seuls), timezone.localdate()
    seule = demandes.FAMILLE | {"couple": "non", "foyer_depuis": f"{jour:%d/%m/%Y}", "aussi": []}
    enfants = {"e1_date_naissance": "08/07/2023", "e0_deja_la": deja_la, "e1_deja_la": deja_la}
    naissances, *_ = demandes.sans_dossier(elle, CHEMIN, seule, demandes.REPONSES | enfants)
    assert {"e0_deja_la", "e1_deja_la"} <= set(naissances)
    foyer, depot = suppose(), premier_jour(jour)
    assert foyer.enfant_arrive == (deja_la == "non")
    assert elle.post(f"{CHEMIN}envoyer/", {"honneur": "on"}).status_code == 302
    dossier = Dossier.objects.using("proprietaire").latest("pk")
    with traitement("instruction_droits", acteur=SYSTEME, motif="Essai", organisme="751"):
        connus = charger_dossier(dossier.pk, connaissance.maintenant())
    for mois, attendu in ((depot, ce_mois), (decaler(depot, 1), "OUVERT")):
        dit, garde = replace(foyer, mois=mois).situation, situation_de(connus, mois)
        assert dit.personnes["present"].tolist() == garde.personnes["present"].tolist()
        assert motif(dit) == motif(garde) == attendu


def test_whether_a_child_came_is_asked_only_where_its_month_may_be_due(comptes_seuls: dict[str, Any]) -> None:
    elle = ecrans.demandeuse(comptes_seuls)
    ancien = demandes.FAMILLE | {"foyer_depuis": "01/06/2020"}
    page = elle.post(CHEMIN, ancien | {"etape": "0"}).content.decode()
    assert demandes.visibles(page) == ["a1_date_naissance", "e0_date_naissance", "e0_garde_alternee",
                                       "e1_date_naissance", "e1_garde_alternee"]  # fmt: skip
    recent = demandes.FAMILLE | {"foyer_depuis": f"{timezone.localdate():%d/%m/%Y}", "aussi": []}
    assert "e0_deja_la" in demandes.visibles(elle.post("/demande-rsa/", recent | {"etape": "0"}).content.decode())
    tape = recent | {n: v for n, v in demandes.REPONSES.items() if n.startswith(("a1_", "e0_", "e1_"))}
    refus = elle.post(CHEMIN, tape | {"e0_deja_la": "peut-être", "e0_date_naissance": "03/05/2019", "etape": "1"})
    assert refus.status_code == 422
    assert any("déjà avec vous" in champ for champ, _ in erreurs(refus))
    assert 'value="03/05/2019"' in refus.content.decode()

"""Why this debt, what changed since the decision before: the figures of the books, the facts and who said them."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from limpide.dossiers.models import Decision, Dossier, LigneDroit
from limpide.dossiers.previsualisation import Correction, appliquer, previsualiser
from limpide.dossiers.services import Origine
from limpide.paiements.creances import confirmer
from limpide.paiements.models import Creance
from limpide.registre.contexte import traitement
from tests.banc import ecrans
from tests.banc.mois import AGENT, correction_ouverte, indus_ouverts
from tests.usagers.test_decisions import mots

AOUT, OCTOBRE = dt.date(2026, 8, 1), dt.date(2026, 10, 1)


def gagner_plus(centimes: int, cause: str = "Salaire d'août : 1 500,00 € au lieu de 675,60 €.") -> None:
    """An agent corrects Amina's wage of August, read by October and November, both paid."""
    numero, qui = ecrans.fiche_d_amina()
    with correction_ouverte():
        dossier = Dossier.objects.get(pk=numero)
        salaire = [Correction("salaire_net", centimes, AOUT, dt.date(2026, 9, 1), qui)]
        vue = previsualiser(dossier, salaire).empreinte
        appliquer(dossier, salaire, Origine("agent", f"compte {AGENT.identifiant}"), vue, cause)


def dettes_lues() -> list[Any]:
    """What the processing of Mon Compte reads of Amina's debts."""
    from limpide.dossiers.explications import toutes_les_lignes
    from limpide.paiements.dettes import dettes
    from limpide.registre.contexte import Acteur

    numero, qui = ecrans.fiche_d_amina()
    with traitement("mon_compte", acteur=Acteur("allocataire", 1, "Vous-même"), motif="Essai", personne=qui):
        return dettes(numero, toutes_les_lignes(numero))


@pytest.fixture
def amina(presents: Any) -> Client:
    return ecrans.allocataire(presents)


@pytest.mark.preuve(
    "Pourquoi cette dette : versé, dû et différence de chaque mois relus dans le livre ; l'information qui a changé, "
    "et qui l'a dite, relues dans les faits",
    systemes=("S39", "S27"),
)
def test_la_dette_est_relue_dans_le_livre_et_dans_les_faits(amina: Client) -> None:
    assert "Aucune somme ne vous est demandée" in mots(amina.get("/mon-compte/indus/"))
    gagner_plus(150_000)
    trouvees = dettes_lues()
    numero, _ = ecrans.fiche_d_amina()
    lignes = LigneDroit.objects.using("proprietaire").filter(dossier_id=numero)
    for dette in trouvees:
        for mois in dette.mois:
            nets = [x.net_centimes for x in lignes.filter(droit=dette.droit, mois=mois.mois).order_by("rang")]
            assert (mois.verse, mois.du, mois.trop, mois.ailleurs) == (nets[0], nets[-1], nets[0] - nets[-1], 0)
        [su] = dette.appris
        assert (su.libelle, su.avant.replace("\xa0", " "), su.apres.replace("\u202f", " ").replace("\xa0", " ")) == (
            "Salaire net", "675,60 €", "1 500,00 €",
        )  # fmt: skip
        assert (su.periode, su.origine.allocataire) == ("août 2026", "Un agent de votre Caf l'a saisi")
    creances = Creance.objects.using("proprietaire").filter(dossier_id=numero)
    assert creances.count() > 1
    assert sum(d.total for d in trouvees) == sum(c.montant_centimes for c in creances)


def test_la_page_dit_qui_agit_jusqu_a_quand_et_que_faire(amina: Client) -> None:
    gagner_plus(150_000)
    page = mots(amina.get("/mon-compte/indus/"))
    for attendu in (
        "rien n'est retenu sur vos versements", "vous n'avez rien à payer", "Prochaine étape : votre Caf.",
        "1 500,00 €", "Un agent de votre Caf l'a saisi", "Signaler une information fausse", "L262-46",
        "Combien serait retenu chaque mois", "Ce n'est qu'une estimation", "D553-4", "elle serait remboursée en",
    ):  # fmt: skip
        assert attendu in page, attendu
    accueil = mots(amina.get("/mon-compte/"))
    assert accueil.count("Pourquoi, et que faire") == len(dettes_lues())
    numero, _ = ecrans.fiche_d_amina()
    with indus_ouverts():
        for creance in list(Creance.objects.filter(dossier_id=numero)):
            confirmer(creance)
    page = mots(amina.get("/mon-compte/indus/"))
    assert "Un agent de votre Caf l'a confirmée le" in page
    assert "Prochaine étape : vous." in page


def test_une_dette_reduite_montre_le_du_d_aujourd_hui(amina: Client) -> None:
    gagner_plus(150_000)
    avant = next(d for d in dettes_lues() if d.droit == "rsa")
    gagner_plus(90_000, "Salaire d'août : 900,00 €.")
    apres = next(d for d in dettes_lues() if d.droit == "rsa")
    assert 0 < apres.total < avant.total
    assert all(m.verse - m.du == m.trop for m in apres.mois)
    assert apres.proposee_le == avant.proposee_le
    assert "500,00" in apres.appris[0].apres  # what the calculation that found it had learnt


def test_ce_qui_a_change_depuis_la_decision_precedente(amina: Client) -> None:
    numero, _ = ecrans.fiche_d_amina()
    siennes = Decision.objects.using("proprietaire").filter(dossier_id=numero).order_by("prise_le")
    premiere = mots(amina.get(f"/mon-compte/decisions/{siennes[0].pk}/changements/"))
    assert "est la première de votre dossier" in premiere
    gagner_plus(150_000)
    derniere = siennes.last()
    page = mots(amina.get(f"/mon-compte/decisions/{derniere.pk}/changements/"))
    assert "Salaire net" in page
    assert "1 500,00 €" in page
    assert "Un agent de votre Caf l'a saisi" in page
    assert "comparé avec le calcul précédent de ce mois" in page
    etrangere = Decision.objects.using("proprietaire").exclude(dossier_id=numero).earliest("pk")
    assert amina.get(f"/mon-compte/decisions/{etrangere.pk}/changements/").status_code == 404

"""The demonstration's rights desk: one request of each kind, one in each state, once, by the real verbs."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from limpide.dossiers.liquidation import liquider_mois
from limpide.dossiers.models import Dossier, Fait
from limpide.monde import chargement, comptes, guichet, identites
from limpide.paiements.audit import auditer
from limpide.paiements.fichiers import dossier_des_virements
from limpide.paiements.services import emettre_virements
from limpide.registre.alertes import Alerte
from limpide.registre.demandes import regles
from limpide.registre.demandes.destinataires import AvisDestinataire
from limpide.registre.demandes.modeles import DemandeDroit, EtapeDemande, ReponseAcces
from tests.banc import ecrans
from tests.banc.mois import MOIS
from tests.registre.conservation.gestes import tous

GRAINE = 5


@pytest.fixture
def presents(base: None) -> Iterator[dict[str, comptes.CompteDemo]]:
    """The world with its months paid and known to the RNCPS, then its desk."""
    chargement.charger(70, GRAINE, MOIS)
    for mois in ("2026-09", "2026-10", "2026-11"):
        liquider_mois(mois)
        emettre_virements(mois)
    ouverts = {compte.identifiant: compte for compte in comptes.creer(MOIS)}
    identites.publier_au_rncps(timezone.localdate())
    assert guichet.installer(GRAINE, MOIS, timezone.localdate()) == len(guichet.HISTOIRES)
    yield ouverts
    for fichier in dossier_des_virements().iterdir():
        fichier.unlink()


def demande(objet_commence_par: str) -> DemandeDroit:
    trouvee: DemandeDroit = tous(DemandeDroit).get(objet__startswith=objet_commence_par)
    return trouvee


def test_each_request_is_where_its_story_leads(presents: Any) -> None:
    every_kind_and_every_state_is_there()
    the_access_is_gathered_and_the_rectification_made_with_its_recipients_to_warn()
    the_refusal_says_the_reason_of_the_law_and_the_late_one_is_told_to_the_officer()
    the_officer_finds_a_queue_and_figures(presents)


def every_kind_and_every_state_is_there() -> None:
    toutes = list(tous(DemandeDroit))
    assert {d.genre for d in toutes} == {c for c, g in regles.GENRES.items() if not g.autre_voie}
    assert {d.etat for d in toutes} == set(regles.ETATS)
    par_personne = Counter(d.personne_id for d in toutes)
    assert sorted(par_personne.values(), reverse=True)[:2] == [3, 1]  # Amina asks three times, the others once


def test_a_second_start_adds_nothing(presents: Any) -> None:
    avant = [tous(m).count() for m in (DemandeDroit, EtapeDemande, ReponseAcces, AvisDestinataire, Alerte, Fait)]
    assert guichet.installer(GRAINE, MOIS, timezone.localdate() + dt.timedelta(days=1)) == 0
    assert [
        tous(m).count() for m in (DemandeDroit, EtapeDemande, ReponseAcces, AvisDestinataire, Alerte, Fait)
    ] == avant
    assert auditer().ecart == ""


def test_a_start_that_was_cut_is_finished_by_the_next(presents: Any) -> None:
    gardees = set(tous(DemandeDroit).values_list("objet", "personne_id"))
    derniere = demande("Effacez le numéro")
    tous(EtapeDemande).filter(demande_id=derniere.pk).delete()
    derniere.delete(using="proprietaire")
    assert guichet.installer(GRAINE, MOIS, timezone.localdate()) == 1
    assert set(tous(DemandeDroit).values_list("objet", "personne_id")) == gardees  # the seed names the same person


def the_access_is_gathered_and_the_rectification_made_with_its_recipients_to_warn() -> None:
    reponse = tous(ReponseAcces).get()
    assert reponse.demande_id == demande("Je voudrais une copie").pk
    assert any(t["table"] == "dossiers.LigneDroit" and t["lignes"] for t in reponse.contenu["tables"])
    corrigee = demande("Mon salaire")
    nature = Fait.codes_natures()["salaire_net"]
    salaires = tous(Fait).filter(dossier_id=corrigee.dossier_id, nature=nature, valide__contains=dt.date(2026, 9, 1))
    connus = list(salaires.filter(personne_id=corrigee.personne_id).order_by("connu").values_list("valeur", flat=True))
    assert connus[-1] - (connus[-2] if len(connus) > 1 else 0) == guichet.EN_PLUS
    avis = tous(AvisDestinataire).filter(demande_id=corrigee.pk)
    assert set(avis.values_list("issue", flat=True)) == {"a_aviser"}
    assert "rncps" in set(avis.values_list("destinataire", flat=True))


def the_refusal_says_the_reason_of_the_law_and_the_late_one_is_told_to_the_officer() -> None:
    refusee = demande("Je ne veux pas qu'un ordinateur")
    assert refusee.etat == "refusee"
    assert refusee.reponse.startswith("Traitement « ")
    assert "RGPD art. 21.1" in refusee.reponse
    en_retard = demande("Qui a regardé")
    assert en_retard.echeance < timezone.localdate()
    alerte = tous(Alerte).get(cle=f"demande-de-droits/{en_retard.pk}/passee")
    assert en_retard.numero in alerte.texte


def the_officer_finds_a_queue_and_figures(presents: Any) -> None:
    page = ecrans.agent(presents, ecrans.DPD).get("/dpd/demandes/").content.decode()
    assert "1 demande au-delà du délai" in page
    ouvertes = sum(d.ouverte for d in tous(DemandeDroit))
    assert (
        f"{ouvertes} demandes, la plus pressée d'abord" in page
        or f"{ouvertes} demandes, la plus pressée d&#x27;abord" in page
    )
    assert "Identité à vérifier" in page
    assert "La moitié des demandes closes" in page


def test_a_world_without_accounts_has_no_desk(base: None) -> None:
    chargement.charger(3, GRAINE, MOIS)
    assert guichet.installer(GRAINE, MOIS, timezone.localdate()) == 0
    assert tous(DemandeDroit).count() == 0
    assert tous(Dossier).count() == 3

"""The PreParE and the CMG, from the claim to the payment; then the care of each month, declared one by one."""

import datetime as dt
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from limpide.dossiers.liquidation import liquider_mois
from limpide.dossiers.models import Decision, Demande, LigneDroit, PieceAttendue
from limpide.dossiers.services import Origine, declarer_fait
from limpide.identite.models import Personne
from limpide.paiements.models import OrdrePaiement
from limpide.paiements.services import emettre_virements
from limpide.registre.contexte import SYSTEME, traitement
from tests.banc import demandes, ecrans
from tests.usagers.test_changement import declarer, refus
from tests.usagers.test_demande import texte
from tests.usagers.test_demande_decidee import envoyer_les_documents
from tests.usagers.test_demande_dossier import accepter, envoyer
from tests.usagers.test_demande_famille import declarer_sa_nationalite, faits_dits

PREPARE, CMG = "/demande-paje-prepare/", "/demande-paje-cmg/"
GARDE = "/mon-compte/changement/garde/"


@pytest.fixture
def dossier(comptes_seuls: dict[str, Any]) -> Any:
    return ecrans.foyer_a_completer()


def lignes(dossier: Any, droit: str) -> list[tuple[dt.date, int, str]]:
    """The line in force of each month."""
    lues = LigneDroit.objects.using("proprietaire").filter(dossier_id=dossier.pk, droit=droit).order_by("mois", "rang")
    dernieres = {ligne.mois: (ligne.mois, ligne.net_centimes, ligne.motif) for ligne in lues}
    return list(dernieres.values())


def travailler(dossier: Any) -> None:
    """Known of her since last year."""
    with traitement("instruction_droits", acteur=SYSTEME, motif="Essai", organisme="751"):
        depuis, elle = DateRange(dt.date(2025, 1, 1), None), Personne(pk=dossier.allocataire_id)
        declarer_fait(dossier, "activite", 0, depuis, Origine("declaration", "essai"), elle)


REPONSES = {
    "p0_nationalite": "francaise", "p0_activite": "actif", "p1_mode_garde": "aucun", "p2_mode_garde":
    "assistant_maternel", "p2_garde_heures": "100", "p2_garde_cout": "485", "f_garde_domicile": "aucune",
}  # fmt: skip
OCTOBRE = {
    "mois": "2026-10", "paye": "oui", "e0_mode": "aucun", "e1_mode": "assistant_maternel", "e1_heures": "60",
    "e1_cout": "291", "d_mode": "aucune",
}  # fmt: skip


@pytest.mark.preuve(
    "Le complément de libre choix du mode de garde demandé en ligne pour un mois, décidé, versé ; un autre mois "
    "déclaré à part ; un mois que personne ne déclare n'est ni payé ni refusé",
    systemes=("S39",),
)
def test_the_cmg_is_claimed_for_a_month_then_each_month_is_declared(
    dossier: Any, comptes_seuls: dict[str, Any]
) -> None:
    declarer_sa_nationalite(dossier)
    travailler(dossier)
    elle = ecrans.elle_meme(dossier)
    assert "n'a pas demandé" in texte(elle.get(GARDE))
    etapes = demandes.avec_dossier(elle, CMG, REPONSES)
    assert "p2_mode_garde" in etapes[0]
    assert {"p2_garde_heures", "p2_garde_cout"} <= {n for noms in etapes[1:] for n in noms}
    assert not any(n.startswith(("p1_garde", "f_garde_domicile_")) for noms in etapes for n in noms)
    relue = elle.get(f"{CMG}envoyer/").content.decode()
    assert "novembre 2026" in relue
    demande = envoyer(elle, relue, f"{CMG}envoyer/")
    (cout,) = faits_dits(dossier.pk)["garde_cout"]
    assert (cout.valeur, cout.valide.lower, cout.valide.upper) == (48_500, dt.date(2026, 11, 1), dt.date(2026, 12, 1))
    genres = PieceAttendue.objects.using("proprietaire").filter(demande_id=demande.pk).values_list("genre", flat=True)
    assert "agrement" in genres
    assert not {"facture_de_garde", "garde_a_domicile"} & set(genres)
    accepter(ecrans.agent(comptes_seuls), demande, envoyer_les_documents(elle, demande))
    ((mois, net, motif),) = lignes(dossier, "paje_cmg")
    assert (mois, motif) == (dt.date(2026, 11, 1), "OUVERT")
    assert net > 0
    decision = Decision.objects.using("proprietaire").filter(dossier_id=dossier.pk).latest("pk")
    assert "mode de garde" in texte(elle.get(f"/mon-compte/decisions/{decision.pk}/"))
    assert "D531-18" in texte(elle.get("/mon-compte/pourquoi/2026-11/"))

    page = elle.get(GARDE).content.decode()
    assert 'value="2026-10" selected' in page
    assert 'value="485,00"' in page
    fautes = refus(elle, "garde", OCTOBRE | {"e1_cout": "", "e1_heures": "x"})
    assert fautes == ["Écrivez un nombre entier, par exemple 125.", "Écrivez la dépense du mois."]
    assert "Assistant maternel que vous employez" in declarer(elle, "garde", OCTOBRE)
    assert [(m, n > 0) for m, n, _ in lignes(dossier, "paje_cmg")] == [
        (dt.date(2026, 10, 1), True), (dt.date(2026, 11, 1), True),
    ]  # fmt: skip
    liquider_mois("2026-12")
    assert lignes(dossier, "paje_cmg")[-1] == (dt.date(2026, 12, 1), 0, "A_DECLARER")
    effets = [e for d in Decision.objects.using("proprietaire").filter(dossier_id=dossier.pk) for e in d.effets]
    assert [e["mois"] for e in effets if e["droit"] == "paje_cmg"] == ["2026-11", "2026-10", "2026-11"]  # not December
    emettre_virements("2026-12")
    payes = OrdrePaiement.objects.using("proprietaire").filter(dossier_id=dossier.pk)
    assert sum(o.montant_centimes for o in payes) >= sum(n for _, n, _ in lignes(dossier, "paje_cmg"))


def test_nothing_is_waited_for_once_nobody_is_paid_any_more(dossier: Any) -> None:
    travailler(dossier)
    elle = ecrans.elle_meme(dossier)
    demandes.avec_dossier(elle, CMG, REPONSES)
    envoyer(elle, elle.get(f"{CMG}envoyer/").content.decode(), f"{CMG}envoyer/")
    declarer(elle, "garde", {"mois": "2026-11", "paye": "plus"})
    liquider_mois("2026-11")
    liquider_mois("2026-12")
    assert [(n, motif) for _, n, motif in lignes(dossier, "paje_cmg")] == [(0, "NON_DEMANDE")] * 2


@pytest.mark.preuve(
    "La PreParE demandée sans dossier par un couple : qui arrête, depuis quand, combien il a travaillé ; décidée avec "
    "les mois d'avant la demande, versée, et le complément familial ne s'y ajoute pas",
    systemes=("S39",),
)
def test_the_prepare_is_claimed_by_a_couple_without_a_file(comptes_seuls: dict[str, Any]) -> None:
    elle = ecrans.demandeuse(comptes_seuls)
    arret = {
        "p0_prepare_choix": "non_demandee", "p1_prepare_choix": "mi_temps", "p1_prepare_depuis": "02/03/2026",
        "p1_prepare_trimestres": "12", "p1_prepare_mois_indemnises": "0",
    }  # fmt: skip
    demandes.REPONSES.update(arret)
    etapes = demandes.sans_dossier(elle, PREPARE, demandes.FAMILLE | {"aussi": []})
    assert {"p0_prepare_choix", "p1_prepare_choix"} <= set(etapes[1])
    assert "p1_prepare_depuis" in etapes[2]
    assert not any(n.startswith("p0_prepare_") and n != "p0_prepare_choix" for noms in etapes for n in noms)
    assert elle.post(f"{PREPARE}envoyer/", {"honneur": "on", "accord_a1": "on"}).status_code == 302
    demande = Demande.objects.using("proprietaire").latest("pk")
    genres = PieceAttendue.objects.using("proprietaire").filter(demande_id=demande.pk)
    assert {"arret_d_activite", "releve_de_carriere"} <= {p.genre for p in genres}
    accepter(ecrans.agent(comptes_seuls), demande, envoyer_les_documents(elle, demande))
    dues = lignes(demande.dossier, "paje_prepare")
    assert [m for m, n, _ in dues if n > 0] == [dt.date(2026, m, 1) for m in range(4, 12)]  # two children: month after
    decision = Decision.objects.using("proprietaire").filter(dossier_id=demande.dossier_id).latest("pk")
    assert "éducation de l'enfant" in texte(elle.get(f"/mon-compte/decisions/{decision.pk}/"))

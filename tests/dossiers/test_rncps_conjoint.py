"""Who is published: the allocataire, their conjoint for RSA and prime; never a child; until when it is kept."""

import datetime as dt
import html
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from limpide.dossiers import rncps
from limpide.dossiers.contenu_rncps import Rattache
from limpide.dossiers.models import Dossier, LigneDroit, PublicationRncps, Rattachement
from limpide.monde.rncps import Repertoire
from limpide.monde.rncps import rncps as simuler
from limpide.monde.simulateurs import Simulateur
from limpide.registre.conservation.cycle import effacer_les_courtes
from limpide.registre.conservation.modeles import Gel
from limpide.socle.appel import Partenaire
from tests.banc import ecrans
from tests.banc.base import connexion_superutilisateur

ANNEE = timezone.localdate().year


@pytest.fixture
def presents(base: None) -> Any:
    return ecrans.peupler(foyers=24)


@pytest.fixture
def repertoire() -> Repertoire:
    return Repertoire()


@pytest.fixture
def vers(presents: Any, repertoire: Repertoire) -> Iterator[Partenaire]:
    serveur = Simulateur(simuler(repertoire), port=0)
    with serveur.ouvert():
        yield Partenaire("rncps", serveur.adresse("rncps"), serveur.partenaires["rncps"].jeton, essais=2, attente=0.0)


@pytest.fixture
def couple(presents: Any) -> tuple[int, int, int]:
    """(file, allocataire, conjoint) of a couple with children whose prime d'activité and another right are open."""
    ouvertes = LigneDroit.objects.using("proprietaire").filter(motif="OUVERT")
    ppa = set(ouvertes.filter(droit="ppa").values_list("dossier_id", flat=True))
    af = set(ouvertes.filter(droit="af").values_list("dossier_id", flat=True))
    lien = liens().filter(role="conjoint", dossier_id__in=ppa & af).order_by("pk").first()
    return lien.dossier_id, lien.dossier.allocataire_id, lien.personne_id


def liens() -> Any:
    return Rattachement.objects.using("proprietaire").filter(connu__upper_inf=True)


def toutes() -> Any:
    return PublicationRncps.objects.using("proprietaire").order_by("preparee_le", "pk")


def ordre(sql: str, *valeurs: Any) -> None:
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as connexion:
        connexion.execute("SET session_replication_role = replica")
        connexion.execute(sql, list(valeurs))


def finir(personne: int, jour: dt.date) -> None:
    """This conjoint left the household that day."""
    ordre(
        "UPDATE dossiers_rattachement SET valide = daterange(least(lower(valide), %s - 900), %s)"
        " WHERE personne_id = %s",
        jour, jour, personne,
    )  # fmt: skip


@pytest.mark.preuve(
    "Rncps : le conjoint est publié pour le RSA et la prime, sous NIR certifié seulement ; jamais un enfant (RN-01, "
    "RN-02)",
    systemes=("S47",),
)
def test_rn_02_le_conjoint_est_publie_pour_ce_dont_il_beneficie(couple: Any, repertoire: Any, vers: Any) -> None:
    dossier, allocataire, conjoint = couple
    caf = Dossier.objects.using("proprietaire").get(pk=dossier).organisme_id
    rncps.publier(vers)
    siennes = {
        qui: repertoire.fiches[ecrans.numero_de(qui).en_clair()][caf]["prestations"] for qui in (allocataire, conjoint)
    }
    assert {p["nature"] for p in siennes[allocataire]} >= {"ppa", "af"}
    assert {p["qualite"] for p in siennes[allocataire]} == {"allocataire"}
    assert {p["nature"] for p in siennes[conjoint]} <= {"ppa", "rsa"}
    assert ("ppa", "conjoint") in {(p["nature"], p["qualite"]) for p in siennes[conjoint]}
    enfants = set(liens().filter(role="enfant").values_list("personne_id", flat=True))
    assert enfants
    assert not enfants & set(toutes().values_list("personne_id", flat=True))
    assert "enfant" not in str(repertoire.fiches)
    assert rncps.publier(vers).a_publier == 0


def test_un_conjoint_au_numero_non_certifie_n_est_pas_publie(couple: Any, repertoire: Any, vers: Any) -> None:
    dossier, allocataire, conjoint = couple
    ordre("UPDATE identite_personne SET statut_identite = 'litige' WHERE id = %s", conjoint)
    rncps.publier(vers)
    assert set(toutes().filter(dossier_id=dossier).values_list("personne_id", flat=True)) == {allocataire}
    # The other way round, they are published alone.
    ordre("UPDATE identite_personne SET statut_identite = 'nir_certifie' WHERE id = %s", conjoint)
    ordre("UPDATE identite_personne SET statut_identite = 'litige' WHERE id = %s", allocataire)
    rncps.publier(vers)
    assert list(toutes().filter(dossier_id=dossier).values_list("personne_id", flat=True)) == [allocataire, conjoint]


def test_un_conjoint_parti_ou_retire_du_dossier_est_dit_une_fois(couple: Any, repertoire: Any, vers: Any) -> None:
    dossier, _, conjoint = couple
    rncps.publier(vers)
    parti = dt.date(2026, 11, 1)
    finir(conjoint, parti)
    assert rncps.publier(vers).recues == 1
    dite = toutes().filter(personne_id=conjoint).last().contenu
    assert dite["rattachement"]["jusqu_au"] == "2026-10-31"
    assert {p["jusqu_au"] for p in dite["prestations"]} == {"2026-10"}
    assert rncps.publier(vers).a_publier == 0
    # Recorded by mistake: what we know now never had them in the file.
    ordre("UPDATE dossiers_rattachement SET connu = tstzrange(lower(connu), now()) WHERE personne_id = %s", conjoint)
    assert rncps.publier(vers).recues == 1
    dite = toutes().filter(personne_id=conjoint).last().contenu
    assert (dite["rattachement"]["jusqu_au"], dite["prestations"]) == ("2026-10-31", [])
    assert rncps.publier(vers).a_publier == 0
    assert toutes().filter(dossier_id=dossier).exclude(personne_id=conjoint).count() == 1


@pytest.mark.preuve(
    "Rncps : ce qui a été publié d'un rattachement part après la cinquième année civile suivant sa fin (RN-07)",
    systemes=("S47",),
)
def test_rn_07_la_publication_part_apres_cinq_annees_civiles(couple: Any, vers: Any) -> None:
    _, allocataire, conjoint = couple
    rncps.publier(vers)
    siennes = toutes().filter(personne_id=conjoint)
    assert siennes.get().rattachement_fini_le is None
    label = PublicationRncps._meta.label
    finir(conjoint, dt.date(ANNEE - 5, 1, 2))  # ended on 1 January: kept until 31 December of this year
    rncps.publier(vers)
    assert set(siennes.values_list("rattachement_fini_le", flat=True)) == {dt.date(ANNEE - 5, 1, 1)}
    assert effacer_les_courtes(vraiment=True).get(label) is None
    finir(conjoint, dt.date(ANNEE - 5, 1, 1))  # ended on 31 December of the year before
    rncps.publier(vers)
    nombre = siennes.count()
    assert effacer_les_courtes(vraiment=False)[label] == nombre
    assert siennes.count() == nombre
    assert effacer_les_courtes(vraiment=True)[label] == nombre
    assert not siennes.exists()
    assert toutes().filter(personne_id=allocataire).exists()
    rncps.publier(vers)
    assert not siennes.exists()  # not told again


def test_un_gel_retient_aussi_ce_qui_part_a_son_age(couple: Any, vers: Any) -> None:
    """A judge asked for the file: what was published of it stays until the freeze is lifted (RET-03)."""
    dossier, _, conjoint = couple
    rncps.publier(vers)
    finir(conjoint, dt.date(ANNEE - 6, 1, 1))
    rncps.publier(vers)
    gel = Gel.objects.using("proprietaire").create(
        dossier_id=dossier, organisme="751", motif="justice", reference="réquisition 1", pose_le=timezone.now(),
        pose_par="compte 3",
    )  # fmt: skip
    label = PublicationRncps._meta.label
    assert effacer_les_courtes(vraiment=True).get(label) is None
    ordre("UPDATE registre_gel SET leve_le = now(), leve_par = 'compte 3' WHERE id = %s", gel.pk)
    assert effacer_les_courtes(vraiment=True)[label] == 2


def test_un_rattachement_fini_depuis_trop_longtemps_ne_se_dit_plus() -> None:
    qui = Rattache("conjoint", dt.date(2015, 1, 1), dt.date(2020, 3, 4))
    assert not qui.oublie(dt.date(2025, 12, 31))
    assert qui.oublie(dt.date(2026, 1, 1))
    assert not Rattache("conjoint", dt.date(2015, 1, 1), None).oublie(dt.date(2090, 1, 1))


def test_rn_09_mon_compte_dit_ce_qui_est_publie_de_chacun(couple: Any, vers: Any) -> None:
    dossier, _, _ = couple
    numero = ecrans.ouvrir_un_compte(Dossier.objects.using("proprietaire").get(pk=dossier))
    rncps.publier(vers)
    client = ecrans.visiteur()
    ecrans.entrer(client, numero.en_clair())
    choisi = "trente-six chandelles bleues"
    client.post("/mot-de-passe/", {"ancien": ecrans.MOT_DE_PASSE, "nouveau": choisi, "confirmation": choisi})
    page = html.unescape(client.get("/mon-compte/rncps/").content.decode())
    for dit in ("Sur vous, publié le", "conjoint de votre dossier", "Prime d'activité, depuis", "Rien sur vos enfants"):
        assert dit in page
    assert "€" not in page.split("<main")[1]


def test_la_fin_d_un_rattachement_ne_remplace_pas_le_suivant(repertoire: Repertoire) -> None:
    """Once conjoint in a file of the Caf, then allocataire there."""

    def fiche(depuis: str, fin: str | None) -> dict[str, Any]:
        return {"rattachement": {"depuis": depuis, "jusqu_au": fin}, "prestations": [], "adresse": None}

    repertoire.inscrire("1", "A", "751", fiche("2026-10-01", None))
    repertoire.inscrire("1", "A", "751", fiche("2020-01-01", "2026-09-30"))
    assert repertoire.fiches["1"]["751"]["rattachement"]["depuis"] == "2026-10-01"

"""The person with everything: her data come back whole when she or her guardian asks, then go whole at their time."""

import datetime as dt
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from limpide.dossiers.liquidation import liquider_mois
from limpide.dossiers.models import Demande, Dossier, LigneDroit
from limpide.identite import protection
from limpide.identite.models import MesureProtection
from limpide.monde import chargement, complet, comptes
from limpide.paiements import recours
from limpide.paiements.audit import auditer
from limpide.paiements.fichiers import dossier_des_virements
from limpide.paiements.models import Creance, Recours
from limpide.paiements.services import abandonner, emettre_virements
from limpide.registre.contexte import traitement
from limpide.registre.demandes import assemblage
from limpide.registre.demandes.modeles import DemandeDroit, ReponseAcces
from limpide.registre.models import LigneJournal
from tests.banc import ecrans, temps
from tests.banc.mois import AGENT, MOIS, indus_ouverts
from tests.registre.conservation.gestes import commande, jusqu_au_bout, tous
from tests.registre.conservation.test_purge import canaris, fichiers_du_dossier_de_donnees, presents_dans

LIQUIDES = ("2026-09", "2026-10", "2026-11")
PRINCIPALES = ("dossiers.Demande", "dossiers.LigneDroit", "paiements.Creance", "paiements.Recours",
               "identite.MesureProtection", "dossiers.Decision", "paiements.OrdrePaiement")  # fmt: skip


@pytest.fixture
def solange(base: None) -> Iterator[tuple[int, dict[str, comptes.CompteDemo]]]:
    """The demonstration's world, small; her file's number and the accounts."""
    chargement.charger(3, 5, MOIS)
    complet.charger(MOIS)
    for mois in LIQUIDES:
        liquider_mois(mois)
        emettre_virements(mois)
    presents = {compte.identifiant: compte for compte in comptes.creer(MOIS)}
    ecrans.accepter_les_conditions()
    for _ in range(2):  # told twice, she lives once
        complet.vivre(MOIS, timezone.localdate())
    yield tous(Dossier).get(numero=chargement.numero_allocataire(complet.RANG)).pk, presents
    for fichier in dossier_des_virements().iterdir():
        fichier.unlink()


def son_compte(presents: dict[str, comptes.CompteDemo]) -> comptes.CompteDemo:
    return next(c for c in presents.values() if "Solange" in c.role)


def test_elle_a_tout_et_une_seule_fois(solange: Any) -> None:
    dossier, presents = solange
    assert presents[son_compte(presents).identifiant].adresse == "/mon-compte/"
    ouverts = tous(LigneDroit).filter(dossier_id=dossier, montant_centimes__gt=0)
    assert len(set(ouverts.values_list("droit", flat=True))) >= 2
    assert set(tous(Creance).filter(dossier_id=dossier).values_list("etat", flat=True)) == {"confirmee"}
    assert tous(Recours).filter(dossier_id=dossier).values_list("etat", flat=True).get() == "depose"
    assert tous(MesureProtection).get().protecteur_nom == complet.PROTECTEUR
    depot = tous(Demande).get(dossier_id=dossier).deposee_le
    assert timezone.now() - depot > dt.timedelta(days=3 * 365)
    assert auditer().ecart == ""


@pytest.mark.preuve(
    "De bout en bout, pour une personne qui a tout : droits, dette, recours, tutelle ; l'accès rend chaque ligne, à "
    "elle et à son tuteur",
    systemes=("S44",),
    controles=(28,),
)
def test_l_acces_de_bout_en_bout_rend_chaque_table(solange: Any) -> None:
    dossier, presents = solange
    personne = tous(Dossier).get(pk=dossier).allocataire_id
    elle, dpd = ecrans.visiteur(), ecrans.agent(presents, ecrans.DPD)
    assert ecrans.entrer(elle, son_compte(presents).identifiant).status_code == 302
    assert elle.post("/mon-compte/mes-donnees/", {"genre": "acces", "objet": "Tout"}).status_code == 302
    demande = tous(DemandeDroit).get()
    fiche = f"/dpd/demandes/{demande.pk}/"
    assert dpd.post(f"{fiche}commencer/").status_code == 302
    assert dpd.post(f"{fiche}reunir/").status_code == 302
    contenu = json.loads(elle.get(f"/mon-compte/mes-donnees/{demande.pk}/donnees.json").content)
    assert elle.get(f"/mon-compte/mes-donnees/{demande.pk}/donnees.pdf").content.startswith(b"%PDF-")
    rendues = {t["table"]: len(t["lignes"]) + t["masquees"] for t in contenu["tables"]}
    assert {p for p in PRINCIPALES if not rendues.get(p)} == set()
    for modele in assemblage.modeles_de_la_personne():
        colonnes = {c.attname for c in modele._meta.concrete_fields}
        colonne = "dossier_id" if "dossier_id" in colonnes else "personne_id" if "personne_id" in colonnes else ""
        if colonne == "dossier_id":
            detenues = tous(modele).filter(dossier_id=dossier).count()
            assert rendues.get(modele._meta.label, 0) >= detenues - (modele is DemandeDroit), modele
    lettre = {"caisse": "751", "numero": chargement.numero_allocataire(complet.RANG), "demandeur": "protecteur",
              "genre": "acces", "objet": "Ses données", "recue_le": timezone.localdate().isoformat()}  # fmt: skip
    assert dpd.post("/dpd/demandes/courrier/", lettre).status_code == 302
    du_tuteur = tous(DemandeDroit).latest("pk")
    assert (du_tuteur.personne_id, du_tuteur.etat) == (personne, "a_identifier")
    assert complet.PROTECTEUR in du_tuteur.represente_par


@pytest.mark.preuve(
    "De bout en bout, pour une personne qui a tout : archive, avis, purge ; plus rien d'elle ni de son tuteur "
    "nulle part, les sommes restent",
    systemes=("S43",),
    controles=(27,),
)
def test_la_purge_de_bout_en_bout_n_en_laisse_rien(solange: Any) -> None:
    dossier, presents = solange
    elle = ecrans.visiteur()
    assert ecrans.entrer(elle, son_compte(presents).identifiant).status_code == 302
    repondre_a_son_acces(elle, ecrans.agent(presents, ecrans.DPD))
    finir(dossier)
    temps.reculer(8)
    temps.clore(dossier, dt.date(2018, 12, 31))
    vieillir_le_guichet()
    siens = canaris(dossier) | {complet.PROTECTEUR}
    assert complet.PROTECTEUR in temps.tout_le_texte()
    assert presents_dans(siens, temps.sauvegarde()) >= {complet.PROTECTEUR, *(c for c in siens if len(c) == 64)}
    avant = auditer()
    call_command("demandes_droits", executer=True, stdout=io.StringIO())
    jusqu_au_bout()
    commande("purger", "--executer")
    assert tous(Dossier).filter(pk=dossier).count() == 0
    assert presents_dans(siens, temps.tout_le_texte()) == set()
    assert presents_dans(siens, temps.sauvegarde()) == set()
    assert presents_dans(siens, fichiers_du_dossier_de_donnees()) == set()
    assert (tous(DemandeDroit).count(), tous(ReponseAcces).count(), tous(MesureProtection).count()) == (0, 0, 0)
    apres = auditer()
    assert (avant.ecart, apres.ecart, apres.lignes_droit) == ("", "", avant.lignes_droit)
    assert tous(LigneJournal).filter(traitement="mesures_protection").exists()  # who did what stays, by number


def repondre_a_son_acces(elle: Any, dpd: Any) -> None:
    assert elle.post("/mon-compte/mes-donnees/", {"genre": "acces", "objet": "Tout"}).status_code == 302
    fiche = f"/dpd/demandes/{tous(DemandeDroit).get().pk}/"
    assert dpd.post(f"{fiche}commencer/").status_code == 302
    assert dpd.post(f"{fiche}reunir/").status_code == 302
    assert tous(ReponseAcces).get().contenu is not None


def finir(dossier: int) -> None:
    """The debt is given up, the appeal is over, the guardian too: nothing holds her file any more."""
    with indus_ouverts():
        for creance in Creance.objects.filter(dossier_id=dossier, etat="confirmee"):
            abandonner(creance, "Erreur de la caisse")
    emettre_virements(MOIS)
    jour = timezone.localdate()
    with traitement("suivi_recours", acteur=AGENT, organisme="751", motif="Essai"):
        suivi = recours.du_dossier(dossier).get()
        signee = recours.Signature(
            "Dominique Petit", "Présidente de la commission", "Les revenus sont ceux du dossier."
        )
        recours.decider(suivi, "rejete", jour, signee)
        recours.rendre_definitif(suivi, jour)
    with traitement("mesures_protection", acteur=AGENT, organisme="751", motif="Essai"):
        protection.terminer(MesureProtection.objects.get(), jour)


def vieillir_le_guichet() -> None:
    """Her request on her data was of those years too."""
    ans = "make_interval(years => 8)"
    temps.proprietaire(f"UPDATE registre_demandedroit SET recue_le = recue_le - {ans}, echeance = echeance - {ans}", [])
    temps.proprietaire(f"UPDATE registre_etapedemande SET faite_le = faite_le - {ans}", [])
    temps.proprietaire(
        f"UPDATE registre_reponseacces SET produite_le = produite_le - {ans},"
        f" disponible_jusqu_au = disponible_jusqu_au - {ans}", [],
    )  # fmt: skip

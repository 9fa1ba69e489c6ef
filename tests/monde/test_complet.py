"""The person with everything: her data come back whole when she or her guardian asks, then go whole at their time."""

import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from pypdf import PdfReader

from limpide.dossiers.liquidation import liquider_mois
from limpide.dossiers.models import Demande, Dossier, LigneDroit, Rattachement
from limpide.identite import protection
from limpide.identite.models import AccesProtecteur, Compte, MesureProtection, Personne
from limpide.monde import chargement, complet, comptes, protectrice
from limpide.paiements import recours
from limpide.paiements.audit import auditer
from limpide.paiements.fichiers import dossier_des_virements
from limpide.paiements.models import Creance, Recours
from limpide.paiements.services import abandonner, emettre_virements
from limpide.registre.conservation import cycle
from limpide.registre.conservation.modeles import Archivage
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
    "La réponse à l'accès dit les données, leur source, leurs périodes, leurs destinataires, qui les a lues, les "
    "décisions et leur logique ; l'autre adulte du dossier est masqué",
    systemes=("S44",),
    controles=(28,),
)
def test_l_acces_dit_ce_que_l_article_15_demande_et_masque_les_tiers(solange: Any) -> None:
    _, presents = solange
    elle, dpd = ecrans.visiteur(), ecrans.agent(presents, ecrans.DPD)
    assert ecrans.entrer(elle, son_compte(presents).identifiant).status_code == 302
    repondre_a_son_acces(elle, dpd)
    demande = tous(DemandeDroit).get()
    json_remis = elle.get(f"/mon-compte/mes-donnees/{demande.pk}/donnees.json").content.decode()
    pdf = elle.get(f"/mon-compte/mes-donnees/{demande.pk}/donnees.pdf").content
    lu = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    contenu = json.loads(json_remis)
    tables = {t["table"]: t for t in contenu["tables"]}

    salaires = [f for f in tables["dossiers.Fait"]["lignes"] if f["nature"] == "Salaire net"]
    corrige = next(f for f in salaires if re.sub(r"\s", " ", f["valeur"]) == "3 200,00 €")
    assert corrige["source"] == "saisie d'un agent"
    assert corrige["période"] == "du 01/09/2026 au 01/10/2026"
    assert corrige["auteur"] == "un agent ou un traitement de la Caf"
    assert "reprise d'un ancien système" in {f["source"] for f in salaires}

    traitements = {t["cle"]: t for t in contenu["traitements"]}
    for table in contenu["tables"]:
        assert table["conservation"], table["table"]
        assert table["traitements"], table["table"]
        assert all(
            traitements[cle]["destinataires"] and traitements[cle]["base_legale"] for cle in table["traitements"]
        )

    lectures = contenu["acces"]["lignes"]
    assert {"Caf 751", "Délégué à la protection des données"} <= {acces["service"] for acces in lectures}
    assert all(acces["quand"] and acces["pourquoi"] and acces["traitement"] for acces in lectures)

    decisions = tables["dossiers.Decision"]["lignes"]
    assert all(d["finalite"] and d["regles"] and d["effets"] and d["automatisation"] for d in decisions)
    assert complet.CAUSE in {d["cause"] for d in decisions}
    assert "le détail de votre cas" in contenu["decisions_automatisees"]

    tiers = complet.NOM_DU_PARTI
    assert tous(Personne).filter(nom_naissance=tiers).count() == 1
    assert tables["dossiers.Rattachement"]["masquees"] == 1
    assert tables["dossiers.Fait"]["masquees"] == 1
    assert "Maïa" in json_remis  # her children, under age, are hers to know
    for texte in (json_remis, lu):
        assert tiers not in texte
        assert "Rémi" not in texte
        assert "agent.paris" not in texte
    for attendu in (
        "Conservation : ",
        "Destinataires : ",
        "Caf 751",
        "masqué (RGPD art. 15.4)",
        "Décisions automatisées",
    ):
        assert attendu in lu, attendu


@pytest.mark.preuve(
    "De bout en bout, pour une personne qui a tout : la dette et le recours retiennent, puis archive, avis, purge ; "
    "plus rien d'elle, de son foyer ni de son tuteur nulle part, les sommes restent",
    systemes=("S43",),
    controles=(27,),
)
def test_la_purge_de_bout_en_bout_n_en_laisse_rien(solange: Any, tmp_path: Path) -> None:
    dossier, presents = solange
    elle = ecrans.visiteur()
    assert ecrans.entrer(elle, son_compte(presents).identifiant).status_code == 302
    acces = entree_de_sa_protectrice(dossier)
    repondre_a_son_acces(elle, ecrans.agent(presents, ecrans.DPD))
    personnes = {acces.protecteur_id} | set(
        tous(Rattachement).filter(dossier_id=dossier).values_list("personne_id", flat=True)
    )
    temps.reculer(8)
    temps.clore(dossier, dt.date(2018, 12, 31))
    vieillir_le_guichet()
    siens = canaris(dossier) | {complet.PROTECTEUR, complet.NOM_DU_PARTI}
    assert presents_dans(siens, temps.sauvegarde()) >= {complet.PROTECTEUR, *(c for c in siens if len(c) == 64)}
    call_command("demandes_droits", executer=True, stdout=io.StringIO())

    retenue_est_entiere(dossier, siens)  # her file ended eight years ago, but she owes, and she appealed
    assert set(cycle.examiner().tenus) == {"dette", "recours"}
    finir(dossier)
    retenue_est_entiere(dossier, siens)  # nothing holds it since today: the clock starts
    assert not cycle.examiner().tenus
    temps.reculer(8)

    avant = auditer()
    jusqu_au_bout()
    commande("purger", "--executer")
    assert tous(Dossier).filter(pk=dossier).count() == 0
    assert presents_dans(siens, temps.tout_le_texte()) == set()
    assert presents_dans(siens, temps.sauvegarde()) == set()
    assert presents_dans(siens, fichiers_du_dossier_de_donnees()) == set()
    assert tous(Personne).filter(pk=acces.protecteur_id).count() == 0  # no other file names her guardian
    assert tables_qui_la_nomment(dossier, personnes) == {"registre_journal"}  # who did what stays, by number
    assert sessions_de(personnes) == 0
    export = tmp_path / "journal.ndjson"
    call_command("journal", "sceller", verbosity=0)
    call_command("journal", "exporter", sortie=export, stdout=io.StringIO())
    assert presents_dans(siens, export.read_text("utf-8")) == set()
    assert (tous(DemandeDroit).count(), tous(ReponseAcces).count(), tous(MesureProtection).count()) == (0, 0, 0)
    apres = auditer()
    assert (avant.ecart, apres.ecart, apres.lignes_droit) == ("", "", avant.lignes_droit)
    assert tous(LigneJournal).filter(traitement="mesures_protection").exists()


def retenue_est_entiere(dossier: int, siens: set[str]) -> None:
    """Every step and the purge itself leave her whole."""
    jusqu_au_bout()
    commande("purger", "--executer")
    assert tous(Archivage).count() == 0
    assert tous(Dossier).filter(pk=dossier).exists()
    assert presents_dans(siens, temps.tout_le_texte()) == presents_dans(siens, temps.sauvegarde()) != set()


def tables_qui_la_nomment(dossier: int, personnes: set[int]) -> set[str]:
    """Tables of any kind (history, queue, message) with a row of this file or of these persons, by their columns."""
    nommant = set()
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(
            "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
            "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition "
            "AND a.attname = ANY (%s) AND NOT a.attisdropped",
            [["dossier_id", "personne_id", "allocataire_id"]],
        )
        for table, colonne in curseur.fetchall():
            numeros = [dossier] if colonne == "dossier_id" else sorted(personnes)
            curseur.execute(f'SELECT count(*) FROM "{table}" WHERE "{colonne}" = ANY (%s)', [numeros])
            if curseur.fetchone()[0]:
                nommant.add(table)
    return nommant


def sessions_de(personnes: set[int]) -> int:
    """Open sessions of the accounts of these persons; an account that is gone has none."""
    comptes_restants = {str(pk) for pk in tous(Compte).filter(personne_id__in=personnes).values_list("pk", flat=True)}
    ouvertes = Session.objects.using("proprietaire")
    proprietaires = {s.get_decoded().get("_auth_user_id") for s in ouvertes}
    vivants = {str(pk) for pk in tous(Compte).values_list("pk", flat=True)} | {None}
    return len(proprietaires & comptes_restants) + len(proprietaires - vivants)


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


def entree_de_sa_protectrice(dossier: int) -> AccesProtecteur:
    """Odile, asked and opened by the real verbs, once; she enters with her own number and sees the file to open."""
    imprime = protectrice.installer(timezone.localdate())
    assert protectrice.installer(timezone.localdate()) == imprime
    acces = tous(AccesProtecteur).get(dossier_id=dossier)
    assert (acces.etat, acces.protecteur_nom) == ("ouvert", complet.PROTECTEUR)
    ecrans.accepter_les_conditions()
    odile = ecrans.visiteur()
    assert ecrans.entrer(odile, imprime[0].identifiant).status_code == 302
    assert "Solange Courtandin" in odile.get("/mon-compte/dossiers/").content.decode()
    return acces

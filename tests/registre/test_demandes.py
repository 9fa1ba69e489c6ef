"""The rights desk: what may be asked, how a request moves, what an access gives and what it keeps from it."""

import datetime as dt
import io
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connections, transaction
from pypdf import PdfReader

from limpide.registre.contexte import SYSTEME, Acteur, traitement
from limpide.registre.demandes import assemblage, document, regles, reunion, services
from limpide.registre.demandes.modeles import DemandeDroit, EtapeDemande, ReponseAcces
from limpide.registre.demandes.traitements import ASSEMBLAGE, GUICHET
from limpide.registre.models import Alerte, Gel
from tests.banc import ecrans

DPD = Acteur("dpd", 9, "Délégué")
JOUR = dt.date(2026, 11, 25)


def guichet() -> Any:
    return traitement(GUICHET, acteur=DPD, motif="Essai")


def deposer(personne: int, dossier: int, genre: str = "acces", canal: str = "en_ligne", recue: dt.date = JOUR) -> Any:
    with guichet():
        return services.deposer(
            personne=personne, dossier=dossier, organisme="751", genre=genre, objet="Tout ce que vous avez",
            canal=canal,
            recue_le=recue,
        )  # fmt: skip


@pytest.fixture
def presents(base: None) -> Any:
    return ecrans.peupler()


def toutes(modele: Any) -> Any:
    return modele.objects.using("proprietaire")


@pytest.mark.parametrize(
    ("recue", "un_mois", "trois_mois"),
    [
        ("2026-11-25", "2026-12-25", "2027-02-25"),
        ("2026-01-31", "2026-03-02", "2026-04-30"),  # 28 February is a Saturday
        ("2026-08-31", "2026-09-30", "2026-11-30"),
        ("2026-12-15", "2027-01-15", "2027-03-15"),
    ],
)
@pytest.mark.preuve("DR-04 : un mois pour répondre, deux de plus avec leur raison, jours ouvrés compris")
def test_le_delai_se_compte_de_quantieme_en_quantieme(recue: str, un_mois: str, trois_mois: str) -> None:
    jour = dt.date.fromisoformat(recue)
    assert regles.echeance(jour) == dt.date.fromisoformat(un_mois)
    assert regles.echeance(jour, prolongee=True) == dt.date.fromisoformat(trois_mois)


def test_chaque_etat_a_un_mot_et_une_phrase_et_mene_quelque_part() -> None:
    assert set(regles.ETATS) == set(regles.TRANSITIONS)
    for etat, permises in regles.TRANSITIONS.items():
        assert set(permises) <= set(regles.ETATS)
        assert bool(permises) == (etat in regles.OUVERTES)
        assert all(regles.ETATS[etat])


@pytest.mark.preuve("DR-12 : une demande est numérotée, suivie, et gèle l'effacement jusqu'à sa réponse (RET-12)")
def test_une_demande_en_ligne_gele_puis_degele(presents: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    demande = deposer(personne, dossier, "opposition")
    assert (demande.etat, demande.identite, demande.numero) == (
        regles.DEPOSEE, "Connexion à Mon Compte", f"DR-2026-{demande.pk}",
    )  # fmt: skip
    gel = toutes(Gel).get(reference=f"demande:{demande.pk}")
    assert (gel.dossier_id, gel.motif, gel.leve_le) == (dossier, "demande_de_droits", None)
    with guichet():
        services.avancer(demande, regles.EN_COURS)
        services.repondre(demande, regles.ACCORDEE, "Votre espace est fermé.", systeme="S39")
    gel.refresh_from_db()
    assert gel.leve_le is not None
    assert list(toutes(EtapeDemande).order_by("pk").values_list("de", "vers")) == [
        ("", "deposee"), ("deposee", "en_cours"), ("en_cours", "accordee"),
    ]  # fmt: skip


@pytest.mark.preuve("DR-02 : la portabilité est refusée avec sa raison, une plainte est envoyée à la CNIL")
def test_ce_qui_ne_s_applique_pas_est_dit_aussitot(presents: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    demande = deposer(personne, dossier, "portabilite")
    assert demande.etat == regles.REFUSEE
    assert "RGPD art. 20.3" in demande.reponse
    assert not toutes(Gel).filter(reference=f"demande:{demande.pk}").exists()
    with pytest.raises(ValidationError, match="CNIL"):
        deposer(personne, dossier, "reclamation")
    assert toutes(DemandeDroit).count() == 1


@pytest.mark.preuve("DR-03, DR-07 : par courrier, l'identité se vérifie et la copie est détruite avant de répondre")
def test_mc_086_un_courrier_attend_l_identite_et_la_destruction_de_la_copie(presents: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    demande = deposer(personne, dossier, canal="courrier")
    assert demande.etat == regles.A_IDENTIFIER
    with guichet(), pytest.raises(services.TransitionRefusee, match="identité à vérifier"):
        services.repondre(demande, regles.ACCORDEE, "Voici.")
    with guichet():
        services.identifier(demande, moyen="Passeport", copie_detruite_le=None)
        with pytest.raises(services.TransitionRefusee, match="La copie de la pièce d'identité se détruit"):
            services.repondre(demande, regles.ACCORDEE, "Voici.")
        assert DemandeDroit.objects.get(pk=demande.pk).etat == regles.EN_COURS
        services.repondre(demande, regles.REFUSEE, "Signature absente : RGPD art. 12.6.")


def test_une_reponse_s_ecrit_et_une_demande_close_ne_bouge_plus(presents: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    demande = deposer(personne, dossier)
    with guichet():
        services.avancer(demande, regles.EN_COURS)
        with pytest.raises(services.TransitionRefusee, match="Écrivez la réponse"):
            services.repondre(demande, regles.REFUSEE, "  ")
        services.avancer(demande, regles.RETIREE)
        with pytest.raises(services.TransitionRefusee, match="rien : elle est close"):
            services.avancer(demande, regles.EN_COURS)


def test_la_base_refuse_un_saut_et_une_reecriture(presents: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    demande = deposer(personne, dossier)
    with pytest.raises(IntegrityError, match="ne peut pas devenir"), transaction.atomic("proprietaire"):
        toutes(DemandeDroit).filter(pk=demande.pk).update(etat="prolongee", motif_prolongation="x")
    with pytest.raises(IntegrityError, match="ne se réécrit pas"), transaction.atomic("proprietaire"):
        toutes(DemandeDroit).filter(pk=demande.pk).update(objet="autre chose")
    with pytest.raises(IntegrityError, match="ne se modifie pas"), transaction.atomic("proprietaire"):
        toutes(EtapeDemande).update(note="autre")
    assert toutes(DemandeDroit).get(pk=demande.pk).objet == "Tout ce que vous avez"


def test_le_delegue_est_prevenu_a_dix_et_trois_jours_puis_du_retard(presents: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    demande = deposer(personne, dossier)
    for jour, attendues in ((14, 0), (15, 1), (16, 1), (22, 2), (26, 3), (27, 3)):
        with traitement(GUICHET, acteur=SYSTEME, motif="Essai"):
            services.surveiller(dt.date(2026, 12, jour))
        assert toutes(Alerte).count() == attendues, jour
    derniere = toutes(Alerte).latest("pk")
    assert (derniere.gravite, derniere.echeance) == ("haute", dt.date(2026, 12, 25))
    assert "tenue pour refusée" in derniere.texte
    assert demande.numero in derniere.texte


def test_la_prolongation_donne_deux_mois_et_sa_raison(presents: Any, monkeypatch: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    demande = deposer(personne, dossier)
    monkeypatch.setattr(services.timezone, "localdate", lambda: JOUR)
    with guichet():
        services.avancer(demande, regles.EN_COURS)
        with pytest.raises(services.TransitionRefusee, match="pourquoi il faut plus de temps"):
            services.prolonger(demande, " ")
        assert services.prolonger(demande, "Archives à consulter").echeance == dt.date(2027, 2, 25)
        monkeypatch.setattr(services.timezone, "localdate", lambda: dt.date(2027, 1, 5))
    autre = deposer(personne, dossier)
    with guichet(), pytest.raises(services.TransitionRefusee, match="premier mois"):
        services.prolonger(services.avancer(autre, regles.EN_COURS), "Trop tard")


def assembler(personne: int) -> dict[str, Any]:
    with traitement(ASSEMBLAGE, acteur=DPD, motif="Essai", personne=personne):
        return assemblage.assembler(personne, JOUR)


@pytest.mark.preuve(
    "DR-05, DR-08 : l'accès rend chaque table et chaque colonne que le registre dit détenues, et rien d'autrui",
    controles=(28,),
)
def test_l_acces_rend_tout_ce_qui_est_detenu_et_rien_d_autrui(presents: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    deposer(personne, dossier)
    contenu = assembler(personne)
    par_table = {table["table"]: table for table in contenu["tables"]}
    # Every table that the register can limit to a person is either given, or said to be empty.
    connues = {m._meta.label: str(m._meta.verbose_name_plural) for m in assemblage.modeles_de_la_personne()}
    assert len(connues) >= 15
    assert {nom for label, nom in connues.items() if label not in par_table} == set(contenu["tables_vides"])
    # Every column of each of its rows is there, by its French name.
    for modele in assemblage.modeles_de_la_personne():
        table = par_table.get(modele._meta.label)
        for ligne in table["lignes"] if table else ():
            assert {str(c.verbose_name) for c in modele._meta.concrete_fields} <= set(ligne), modele
    # The database has as many rows of this file as the answer gives or masks.
    for label in ("dossiers.Fait", "dossiers.LigneDroit", "paiements.OrdrePaiement"):
        modele = next(m for m in assemblage.modeles_de_la_personne() if m._meta.label == label)
        table = par_table[label]
        assert len(table["lignes"]) + table["masquees"] == toutes(modele).filter(dossier_id=dossier).count() > 0
    texte = json.dumps(contenu, ensure_ascii=False)
    assert ecrans.amina(presents).identifiant in texte  # her own number, in clear
    for autre in noms_d_autrui(dossier):
        assert autre not in texte, autre


@pytest.mark.preuve("L'accès rend aussi les dossiers clos d'un doublon réuni à la personne", systemes=("S44",))
def test_l_acces_rend_aussi_ce_qui_est_sous_un_doublon(presents: Any) -> None:
    from limpide.dossiers.models import Dossier, Rattachement
    from limpide.identite import litiges
    from limpide.identite.models import Affiliation, Personne

    dossier, amina = ecrans.fiche_d_amina()
    ancien = ecrans.autre_dossier("591")
    siens = toutes(Rattachement).filter(dossier_id=ancien.pk)
    # The other entry: a closed file, whose number was never certified.
    toutes(Dossier).filter(pk=ancien.pk).update(clos_le=dt.date(2026, 10, 31), motif_cloture="mutation")
    toutes(Affiliation).filter(allocataire_id=ancien.allocataire_id).delete()
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute(
            "UPDATE identite_immatriculation SET certifie_le = NULL WHERE personne_id = %s", [ancien.allocataire_id]
        )
    with traitement("immatriculation", acteur=SYSTEME, motif="Essai"):
        garde, doublon = (Personne.objects.get(pk=cle) for cle in (amina, ancien.allocataire_id))
        litiges.reunir(garde, doublon, dt.date(2026, 11, 20))
    assert siens.exists()
    demande = deposer(amina, dossier)
    with traitement(GUICHET, acteur=SYSTEME, motif="Essai"):
        demande = services.avancer(demande, "en_cours")
    reunion.reunir(demande, DPD)
    reponse = toutes(ReponseAcces).get(demande_id=demande.pk)
    (autre,) = reponse.contenu["doublons"]
    par_table = {table["table"]: table for table in autre["tables"]}
    assert len(par_table["dossiers.LigneDroit"]["lignes"]) > 0
    texte = document.en_pdf(
        reponse.contenu, numero=demande.numero, empreinte=reponse.empreinte, produite_le=reponse.produite_le
    )
    assert "autre entrée" in " ".join(page.extract_text() for page in PdfReader(io.BytesIO(texte)).pages)


def noms_d_autrui(dossier: int) -> set[str]:
    """Birth names of everybody who is in no household of this file."""
    from limpide.dossiers.models import Rattachement
    from limpide.identite.models import Personne

    siens = set(toutes(Rattachement).filter(dossier_id=dossier).values_list("personne_id", flat=True))
    noms_siens = set(toutes(Personne).filter(pk__in=siens).values_list("nom_naissance", flat=True))
    autres = set(toutes(Personne).exclude(pk__in=siens).values_list("nom_naissance", flat=True))
    assert len(autres) > 5
    return autres - noms_siens


def test_l_autre_adulte_du_foyer_est_compte_et_masque(presents: Any) -> None:
    from limpide.dossiers.models import Dossier, Fait, Rattachement

    couples = toutes(Rattachement).filter(role="conjoint").values_list("dossier_id", "personne_id")
    avec_faits = [(d, p) for d, p in couples if toutes(Fait).filter(dossier_id=d, personne_id=p).exists()]
    dossier, conjoint = avec_faits[0]
    allocataire = toutes(Dossier).get(pk=dossier).allocataire_id
    contenu = assembler(allocataire)
    faits = next(t for t in contenu["tables"] if t["table"] == "dossiers.Fait")
    assert faits["masquees"] == toutes(Fait).filter(dossier_id=dossier, personne_id=conjoint).count() > 0
    assert all(ligne["personne"] != str(conjoint) for ligne in faits["lignes"])
    assert "masqué" in faits["raison_du_masque"]


def test_un_fait_se_lit_en_mots(presents: Any) -> None:
    _, personne = ecrans.fiche_d_amina()
    faits = next(t for t in assembler(personne)["tables"] if t["table"] == "dossiers.Fait")["lignes"]
    salaires = [f for f in faits if f["nature"] == "Salaire net"] or [f for f in faits if "alaire" in f["nature"]]
    assert salaires
    assert all(f["valeur"].endswith("€") for f in salaires)
    assert {f["auteur"] for f in faits} == {assemblage.UN_AGENT}


def test_la_reponse_est_scellee_lisible_et_s_efface(presents: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    demande = deposer(personne, dossier)
    contenu = assembler(personne)
    with guichet():
        reponse = services.remettre(demande, contenu)
    relue = toutes(ReponseAcces).get(pk=reponse.pk)
    assert services.sceller(relue.contenu) == relue.empreinte == services.sceller(contenu)
    options = {"numero": demande.numero, "empreinte": relue.empreinte, "produite_le": relue.produite_le}
    octets = document.en_pdf(relue.contenu, **options)
    assert octets.startswith(b"%PDF-")
    assert octets == document.en_pdf(relue.contenu, **options)
    with guichet():
        assert services.effacer_les_copies(relue.disponible_jusqu_au) == 0
        assert services.effacer_les_copies(relue.disponible_jusqu_au + dt.timedelta(days=1)) == 1
    relue.refresh_from_db()
    assert (relue.contenu, relue.empreinte) == (None, services.sceller(contenu))
    assert relue.effacee_le is not None


def test_la_commande_est_a_blanc_par_defaut(presents: Any, capsys: Any) -> None:
    dossier, personne = ecrans.fiche_d_amina()
    deposer(personne, dossier, recue=dt.date(2026, 1, 5))
    call_command("demandes_droits")
    assert "À blanc" in capsys.readouterr().out
    assert toutes(Alerte).count() == 0
    call_command("demandes_droits", executer=True)
    assert "1 alerte(s) nouvelle(s)" in capsys.readouterr().out
    assert toutes(Alerte).count() == 1

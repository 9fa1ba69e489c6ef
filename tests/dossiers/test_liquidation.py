"""The month of a Caf: written once, corrected by addition, decided with its reasons and remedies."""

import datetime as dt

import pytest
from django.db import IntegrityError, connections
from django.db.backends.postgresql.psycopg_any import DateRange

from limpide.dossiers import decisions, lignes
from limpide.dossiers.connaissance import maintenant
from limpide.dossiers.liquidation import liquider_mois
from limpide.dossiers.models import Decision, LigneDroit, Liquidation, TexteDecision
from limpide.dossiers.previsualisation import appliquer, previsualiser
from limpide.dossiers.services import declarer_fait
from limpide.dossiers.situations import situations_caf
from limpide.dossiers.voies_de_recours import RecoursInconnu, recours_de, texte_des_recours, voies_de_recours
from limpide.droits.calcul import liste_droits
from limpide.droits.ensemble import AIDES_AU_LOGEMENT
from limpide.droits.moteur import Motif
from limpide.droits.recu import rejouer
from limpide.registre.models import LigneJournal
from tests.banc.mois import MOIS, ORIGINE, correction_ouverte, liquidation_ouverte, salaire, temoin

TOUJOURS_DITS = len(liste_droits()) - len(AIDES_AU_LOGEMENT)
"""Rights of which every household has a line."""


@pytest.fixture
def monde(base):
    from tests.banc.mois import peupler

    peupler()


def ecrites():
    return sorted(
        LigneDroit.objects.values_list(
            "dossier_id", "mois", "droit", "rang", "montant_centimes", "crds_centimes", "motif"
        )
    )


@pytest.mark.preuve("Liquider deux fois avec les mêmes faits n'écrit rien", systemes=("S06",), controles=(1,))
def test_deuxieme_liquidation_n_ecrit_rien(monde):
    liquider_mois(MOIS, ["751"])
    with liquidation_ouverte():
        avant = ecrites()
    encore = liquider_mois(MOIS, ["751"])
    assert (encore.lignes, encore.decisions, encore.deja_faites) == (0, 0, ["751"])
    with liquidation_ouverte():
        assert ecrites() == avant
        assert Liquidation.objects.count() == 1


def test_une_ligne_par_droit_meme_refuse_avec_son_motif(monde):
    bilan = liquider_mois(MOIS, ["751"])
    with liquidation_ouverte():
        autres = LigneDroit.objects.exclude(droit__in=AIDES_AU_LOGEMENT)
        assert autres.count() == bilan.foyers * TOUJOURS_DITS
        # What nobody claimed, or another of the three answers, is not written.
        aides = LigneDroit.objects.filter(droit__in=AIDES_AU_LOGEMENT)
        assert 0 < aides.count() <= bilan.foyers
        assert not aides.filter(motif__in=["SANS_DEMANDE", "AUTRE_AIDE"]).exists()
        refuses = set(LigneDroit.objects.filter(montant_centimes=0).values_list("motif", flat=True))
    assert refuses
    assert refuses - {"OUVERT"} == refuses


def test_bilan_d_accord_avec_les_lignes(monde):
    bilan = liquider_mois(MOIS, ["751"])
    with liquidation_ouverte():
        for droit in liste_droits():
            du_droit = LigneDroit.objects.filter(droit=droit.code)
            assert bilan.ouverts[droit.code] == du_droit.filter(montant_centimes__gt=0).count()
            assert bilan.centimes[droit.code] == sum(ligne.net_centimes for ligne in du_droit)


@pytest.mark.preuve("Le calcul en lot et le calcul tracé d'un dossier donnent les mêmes centimes", systemes=("S06",))
def test_lot_compile_et_calcul_trace_pareils(monde, monkeypatch):
    with liquidation_ouverte():
        lot = situations_caf("751", MOIS, maintenant())[:3]
        traces = lignes.calculer(MOIS, *lot)
        monkeypatch.setattr(lignes, "FOYERS_SANS_COMPILER", 0)
        compiles = lignes.calculer(MOIS, *lot)
    for nom in ("dossier", "droit", "montant", "crds", "motif"):
        assert (traces[nom] == compiles[nom]).all(), nom


def test_journal_une_ligne_par_personne_lue(monde):
    liquider_mois(MOIS, ["751"])
    with liquidation_ouverte():
        personnes = set(situations_caf("751", MOIS, maintenant())[3].tolist())
    lues = set(
        LigneJournal.objects.using("proprietaire")
        .filter(traitement="liquidation_mensuelle", objet="lot")
        .values_list("personne_id", flat=True)
    )
    assert personnes <= lues


@pytest.mark.preuve(
    "Un fait connu plus tard refait les mois passés qu'il touche, et eux seuls", systemes=("S06",), controles=(9,)
)
def test_mois_passes_recalcules(monde):
    for mois in ("2026-09", "2026-10"):
        liquider_mois(mois, ["751"])
    with correction_ouverte():
        dossier = temoin()
        ete = DateRange(dt.date(2026, 5, 1), dt.date(2026, 10, 1))
        declarer_fait(dossier, "salaire_net", 10_000, ete, ORIGINE, dossier.allocataire)
    bilan = liquider_mois("2026-11", ["751"])
    assert bilan.lignes > bilan.foyers * TOUJOURS_DITS
    with liquidation_ouverte():
        refaites = LigneDroit.objects.filter(rang=2)
        assert set(refaites.values_list("dossier_id", flat=True)) == {dossier.pk}
        assert min(refaites.values_list("mois", flat=True)) >= dt.date(2026, 8, 1)
        decision = Decision.objects.filter(dossier_id=dossier.pk).latest("pk")
        changes = {(e["mois"], e["droit"]): e["apres"] - e["avant"] for e in decision.effets}
        for ligne in refaites:
            avant = LigneDroit.objects.get(dossier_id=dossier.pk, mois=ligne.mois, droit=ligne.droit, rang=1)
            ecart = ligne.net_centimes - avant.net_centimes
            assert ecart == 0 or changes[(f"{ligne.mois:%Y-%m}", ligne.droit)] == ecart


MENTIONS_EXIGEES = ("automatisation", "finalite_id", "regles_id", "mention_id", "recours_id")


@pytest.mark.preuve(
    "Aucune décision, donc aucun courrier, sans niveau, finalité, règles, mention ni recours", systemes=("S42",)
)
@pytest.mark.parametrize(
    ("champ", "valeur"),
    [(champ, valeur) for champ in ("mention_id", "recours_id", "finalite_id", "regles_id", "automatisation")
     for valeur in (None, "absent", "recours:x" if champ == "mention_id" else "mention:x")],
)  # fmt: skip
def test_decision_sans_mention_ni_recours_refusee(monde, champ, valeur):
    liquider_mois(MOIS, ["751"])
    with liquidation_ouverte():
        autre = _autre(decisions.version_des_regles().empreinte).pk
    with pytest.raises(IntegrityError), connections["proprietaire"].cursor() as curseur:
        curseur.execute(
            f"INSERT INTO dossiers_decision (dossier_id, organisme_id, liquidation_id, prise_le, donnees_sensibles,"
            f" effets, cause, {', '.join(MENTIONS_EXIGEES)})"
            f" SELECT d.dossier_id, d.organisme_id, %s, now(), false, '[]', '',"
            f" {', '.join('%s' if c == champ else f'd.{c}' for c in MENTIONS_EXIGEES)}"
            f" FROM dossiers_decision d LIMIT 1",
            [autre, valeur],
        )


def test_chaque_decision_porte_les_recours_de_ses_droits(monde):
    liquider_mois(MOIS, ["751"])
    with liquidation_ouverte():
        prises = list(Decision.objects.select_related("mention", "recours"))
        assert prises
        for decision in prises:
            assert decision.mention.texte == decisions.MENTION
            siens = {effet["droit"] for effet in decision.effets}
            assert decision.recours.texte == texte_des_recours([d.code for d in liste_droits() if d.code in siens])


def test_chaque_motif_s_ecrit_sous_son_nom():
    assert {motif.name: lignes.MOTIFS[motif.value] for motif in Motif} == {motif.name: motif.name for motif in Motif}


def test_chaque_droit_a_ses_voies_de_recours():
    assert {d.code for d in liste_droits()} <= set(voies_de_recours())
    for droit in liste_droits():
        voies = recours_de(droit.code)
        assert voies["libelle"] == droit.libelle
        dits = [voies["recours"], *([voies["ailleurs"]] if "ailleurs" in voies else [])]
        assert texte_des_recours([droit.code]) == "\n\n".join(dit.strip() for dit in dits)
        assert "{" not in voies["recours"]
    with pytest.raises(RecoursInconnu, match="« inconnu »"):
        recours_de("inconnu")


def test_les_recours_des_prestations_familiales_se_disent_une_fois():
    texte = texte_des_recours(["af", "cf", "asf", "rsa"])
    assert (
        "la décision sur vos allocations familiales, votre complément familial et votre allocation de soutien" in texte
    )
    assert texte.count("pôle social") == 1
    assert texte.count("conseil départemental") == 1


def test_decision_automatique_sur_une_donnee_de_sante_refusee(monde):
    liquider_mois(MOIS, ["751"])
    with pytest.raises(IntegrityError, match="decision_sensible_revue"), liquidation_ouverte():  # noqa: PT012
        ancienne = Decision.objects.first()
        Decision.objects.create(
            dossier_id=ancienne.dossier_id, organisme_id="751", liquidation=_autre(), prise_le=maintenant(),
            automatisation="exclusive", donnees_sensibles=True, effets=[], mention_id=ancienne.mention_id,
            recours_id=ancienne.recours_id, finalite_id=ancienne.finalite_id, regles_id=ancienne.regles_id,
        )  # fmt: skip


def _autre(empreinte="0" * 64):
    return Liquidation.objects.create(
        organisme_id="751", mois=MOIS, numero=9, connu_au=maintenant(), empreinte_regles=empreinte, genre="correction"
    )


def test_donnee_de_sante_rend_la_decision_assistee(monde):
    with correction_ouverte():
        dossier = temoin()
        declarer_fait(dossier, "handicap", 1, DateRange(dt.date(2026, 1, 1), None), ORIGINE, dossier.allocataire)
    liquider_mois(MOIS, ["751"])
    with liquidation_ouverte():
        assert set(Decision.objects.filter(donnees_sensibles=True).values_list("automatisation", flat=True)) == {
            "assistee"
        }
        assert Decision.objects.get(dossier_id=dossier.pk).donnees_sensibles


@pytest.mark.parametrize("table", ["dossiers_lignedroit", "dossiers_decision", "dossiers_textedecision"])
@pytest.mark.parametrize("verbe", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_rien_ne_se_modifie(monde, table, verbe):
    liquider_mois(MOIS, ["751"])
    colonne = {"dossiers_lignedroit": "rang", "dossiers_decision": "cause", "dossiers_textedecision": "texte"}[table]
    with pytest.raises(IntegrityError, match="un nouveau calcul s'ajoute"), connections["proprietaire"].cursor() as c:
        c.execute(verbe.format(table, colonne, colonne))


def test_liquidation_terminee_ne_change_plus(monde):
    liquider_mois(MOIS, ["751"])
    with pytest.raises(IntegrityError, match="une fois"), connections["proprietaire"].cursor() as curseur:
        curseur.execute("UPDATE dossiers_liquidation SET nombre_lignes = 0")


def test_rang_qui_saute_refuse(monde):
    liquider_mois(MOIS, ["751"])
    with pytest.raises(IntegrityError, match="Le rang d'une ligne"), liquidation_ouverte():
        LigneDroit.objects.create(
            liquidation=_autre(), organisme_id="751", dossier=temoin(), mois=MOIS, droit="af", rang=5,
            montant_centimes=0, motif="AGE",
        )  # fmt: skip


def test_texte_de_decision_vide_refuse(base):
    with pytest.raises(IntegrityError, match="texte_decision_redige"), liquidation_ouverte():
        TexteDecision.objects.create(cle="mention:vide", texte="   ")


@pytest.mark.preuve("Un aperçu n'écrit rien ; validé, il fait exactement ce qu'il a montré")
def test_apercu_puis_validation(monde):
    for mois in ("2026-09", "2026-10", "2026-11"):
        liquider_mois(mois, ["751"])
    with correction_ouverte():
        avant = ecrites()
        dossier = temoin()
        prevu = previsualiser(dossier, salaire(dossier, 10_000))
        assert ecrites() == avant
        assert prevu.changements
        assert prevu.total == prevu.rappel - prevu.indu
        assert any(m.mouvements for m in prevu.changements)
    with correction_ouverte():
        dossier = temoin()
        decision = appliquer(dossier, salaire(dossier, 10_000), ORIGINE, prevu.empreinte, "Salaire d'août corrigé.")
        faits = {(e["mois"], e["droit"]): e["apres"] - (e["avant"] or 0) for e in decision.effets}
        assert faits == {(f"{m.mois:%Y-%m}", m.droit): m.difference for m in prevu.mois if m.difference}
        assert decision.cause == "Salaire d'août corrigé."
    assert liquider_mois("2026-11", ["751"]).lignes == 0


@pytest.mark.preuve("Une correction est refusée si le dossier a changé depuis l'aperçu")
def test_dossier_change_entre_temps_refuse(monde):
    from limpide.dossiers.previsualisation import DossierModifie

    liquider_mois(MOIS, ["751"])
    with correction_ouverte():
        dossier = temoin()
        prevu = previsualiser(dossier, salaire(dossier, 10_000))
    with correction_ouverte():
        dossier = temoin()
        declarer_fait(dossier, "enceinte", 1, DateRange(dt.date(2026, 11, 1), None), ORIGINE, dossier.allocataire)
        avant = ecrites()
    with pytest.raises(DossierModifie, match="Rien n'a été enregistré"), correction_ouverte():  # noqa: PT012
        dossier = temoin()
        appliquer(dossier, salaire(dossier, 10_000), ORIGINE, prevu.empreinte, "Corrigé.")
    with liquidation_ouverte():
        assert ecrites() == avant


def test_correction_attend_la_fin_du_lot(monde):
    import os

    from limpide.dossiers.exclusion import CaisseOccupee
    from tests.banc.base import connexion_superutilisateur

    liquider_mois(MOIS, ["751"])
    with correction_ouverte():
        dossier = temoin()
        prevu = previsualiser(dossier, salaire(dossier, 10_000))
    with connexion_superutilisateur(os.environ["LIMPIDE_BASE"]) as autre:
        autre.execute("SELECT pg_advisory_lock(hashtextextended('lot:751', 0))")
        with pytest.raises(CaisseOccupee, match="réessayez"), correction_ouverte():
            appliquer(temoin(), salaire(temoin(), 10_000), ORIGINE, prevu.empreinte, "Corrigé.")


@pytest.mark.preuve("Le reçu d'une décision se rejoue, même après une correction du dossier", systemes=("S42", "S06"))
def test_recu_d_une_decision_rejoue_apres_correction(monde):
    liquider_mois(MOIS, ["751"])
    with correction_ouverte():
        dossier = temoin()
        decision = Decision.objects.select_related("liquidation").get(dossier_id=dossier.pk)
        avant = decisions.recus(decision)
        ete = DateRange(dt.date(2026, 5, 1), dt.date(2026, 10, 1))
        declarer_fait(dossier, "salaire_net", 10_000, ete, ORIGINE, dossier.allocataire)
        apres = decisions.recus(decision)
    assert apres == avant
    assert list(avant) == ["2026-11"]
    assert [rejouer(recu) for recu in avant.values()] == [[]]

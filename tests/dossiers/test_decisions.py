"""What a decision must carry, and what no rule may decide: health, seen by the engine and by the database itself."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connections
from django.db.backends.postgresql.psycopg_any import DateRange

from limpide.dossiers import decisions
from limpide.dossiers.liquidation import liquider_mois
from limpide.dossiers.models import Decision, TexteDecision, VersionRegles
from limpide.dossiers.services import declarer_fait
from limpide.droits.appels import faits_cites
from limpide.droits.bornes import entier_maximal
from limpide.droits.calcul import liste_droits
from limpide.droits.empreinte import empreinte_regles
from limpide.droits.faits import NATURES
from tests.banc.mois import MOIS, ORIGINE, correction_ouverte, liquidation_ouverte, peupler, temoin

DEPUIS = DateRange(dt.date(2026, 6, 1), None)
ANNEE = DateRange(dt.date(2024, 1, 1), dt.date(2025, 1, 1))
"""The year before last: read, though it is out of the seven months."""


@pytest.fixture
def monde(base):
    peupler(4)


def prises() -> list[Decision]:
    return list(Decision.objects.using("proprietaire").select_related("finalite", "regles").order_by("pk"))


@pytest.mark.preuve(
    "Une décision dit sa finalité, la version de ses règles et depuis quand, et ce que ces règles lisent"
)
def test_finalite_et_version_des_regles(monde):
    liquider_mois(MOIS, ["751"])
    trouvees = prises()
    assert trouvees
    for decision in trouvees:
        assert decision.finalite.texte == decisions.FINALITE
        assert decision.regles_id == empreinte_regles()
    version = VersionRegles.objects.using("proprietaire").get()
    assert version.natures == {droit.code: [n.nom for n in faits_cites(droit)] for droit in liste_droits()}
    assert "salaire_net" in version.natures["ppa"]


def test_regles_d_une_autre_liquidation_refusees(monde):
    """The version a decision names is the one that its own liquidation ran."""
    liquider_mois(MOIS, ["751"])
    autre = "a" * 64
    with connections["proprietaire"].cursor() as curseur:
        curseur.execute("INSERT INTO dossiers_versionregles (empreinte, natures) VALUES (%s, '{\"af\": []}')", [autre])
        liquidation = autre_liquidation(curseur)
        with pytest.raises(IntegrityError, match="decision_regles_de_sa_liquidation"):
            recopier(curseur, liquidation, prises()[0], "regles_id", autre)


def autre_liquidation(curseur: Any) -> int:
    """A second liquidation like the first, as the owner of the database."""
    curseur.execute(
        "INSERT INTO dossiers_liquidation (organisme_id, mois, numero, genre, etat, connu_au, empreinte_regles,"
        " nombre_dossiers, nombre_lignes) SELECT organisme_id, mois, 9, 'correction', 'en_cours', now(),"
        " empreinte_regles, 0, 0 FROM dossiers_liquidation LIMIT 1 RETURNING id"
    )
    return int(curseur.fetchone()[0])


def recopier(curseur: Any, liquidation: int, decision: Decision, colonne: str, valeur: str) -> None:
    """The same decision under another liquidation, one column changed; it says that it reads no health."""
    colonnes = ("automatisation", "finalite_id", "regles_id", "mention_id", "recours_id")
    choisies = ", ".join("%s" if c == colonne else c for c in colonnes)
    curseur.execute(
        "INSERT INTO dossiers_decision (dossier_id, organisme_id, liquidation_id, prise_le, donnees_sensibles, effets,"
        f" cause, {', '.join(colonnes)}) SELECT dossier_id, organisme_id, %s, prise_le, false, effets, '', {choisies}"
        " FROM dossiers_decision WHERE id = %s",
        [liquidation, valeur, decision.pk],
    )


def valeur_qui_compte(nature: str) -> int:
    """A value of this health fact that counts, as stored."""
    genre, entier = NATURES[nature].type, min(80, entier_maximal(NATURES[nature]))
    return {"euros": 30_000, "date": (dt.date(2026, 9, 1) - dt.date(1970, 1, 1)).days, "entier": entier}.get(genre, 1)


def poser(nature: str) -> int:
    """The health fact on the household of the first file; the number of that file."""
    with correction_ouverte():
        dossier = temoin()
        qui = dossier.allocataire if NATURES[nature].sujet == "personne" else None
        quand = ANNEE if NATURES[nature].periodicite == "annee" else DEPUIS
        declarer_fait(dossier, nature, valeur_qui_compte(nature), quand, ORIGINE, qui)
        return dossier.pk


@pytest.mark.preuve("Aucune donnée de santé ne laisse décider seul : le moteur s'arrête, la base refuse (S42)")
@pytest.mark.parametrize("nature", decisions.NATURES_DE_SANTE)
def test_sante_refusee_par_le_moteur_et_par_la_base(monde, nature):
    dossier = poser(nature)
    liquider_mois(MOIS, ["751"])
    (decision,) = [d for d in prises() if d.dossier_id == dossier]
    assert (decision.automatisation, decision.donnees_sensibles) == ("assistee", True)
    nombre = len(prises())
    with connections["proprietaire"].cursor() as curseur:
        autre = autre_liquidation(curseur)
        # The program says the opposite of what the facts say: the facts win.
        with pytest.raises(IntegrityError, match="ne se prend pas par traitement seul"):
            recopier(curseur, autre, decision, "automatisation", "exclusive")
    assert len(prises()) == nombre


def test_sans_sante_le_traitement_decide_seul(monde):
    liquider_mois(MOIS, ["751"])
    assert "exclusive" in {d.automatisation for d in prises()}


def test_une_decision_calculee_n_est_pas_une_decision_humaine(monde):
    """Level « aucune » is not for this table: a rule cannot pass its result off as a person's."""
    liquider_mois(MOIS, ["751"])
    avant = len(prises())
    with liquidation_ouverte():
        modele = Decision.objects.first()
        textes = {c: getattr(modele, c) for c in ("finalite_id", "regles_id", "mention_id", "recours_id")}
    with pytest.raises(IntegrityError, match="decision_calculee"), liquidation_ouverte():
        Decision.objects.create(
            dossier_id=modele.dossier_id, organisme_id="751", liquidation_id=modele.liquidation_id,
            prise_le=modele.prise_le, automatisation="aucune", donnees_sensibles=False, effets=[], **textes,
        )  # fmt: skip
    assert len(prises()) == avant


def test_texte_d_un_autre_genre_refuse(base):
    with pytest.raises(IntegrityError, match="texte_decision_genre"), liquidation_ouverte():
        TexteDecision.objects.create(cle="poeme:1", texte="x" * 60)

"""Decisions: what is notified, with the reason recomputable and the remedies written, right by right.

The texts come from `voies_de_recours.toml` and below; each decision points to the very text it carried.
"""

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from limpide.droits.appels import faits_cites
from limpide.droits.calcul import liste_droits
from limpide.droits.empreinte import empreinte_regles
from limpide.droits.ensemble import liquider_foyer
from limpide.droits.recu import emettre
from limpide.droits.situation import FOYER, NATURES, PERSONNE
from limpide.registre.contexte import traitement_courant

from .lignes import MOTIFS, codes_des_droits, jours_depuis_2000
from .lots import Bigint, Integer, Jours, Smallint, executer, interroger
from .models import Decision, RevueDecision, TexteDecision, VersionRegles
from .mois import premier_jour
from .revues import relire
from .situations import charger_dossier, situation_de
from .voies_de_recours import texte_des_recours

FINALITE = (
    "Calculer, à partir des informations connues de votre dossier, vos droits aux prestations versées par la caisse "
    "d'allocations familiales."
)

MENTION = """\
Cette décision est prise sur le fondement d'un traitement algorithmique, dont la finalité est le calcul de vos \
droits aux prestations versées par la caisse d'allocations familiales. Vous avez le droit d'obtenir la \
communication des règles qui définissent ce traitement et des principales caractéristiques de sa mise en œuvre \
dans votre cas : degré et mode de contribution à la décision, données traitées et leur source, paramètres et \
pondération appliqués à votre situation, opérations effectuées (articles L311-3-1, R311-3-1-1 et R311-3-1-2 \
du code des relations entre le public et l'administration, article 47 de la loi du 6 janvier 1978, article 22 du \
RGPD). Demandez-la à votre caisse, par « Mon Compte » ou par courrier. Sans réponse dans le délai d'un mois, la \
demande est refusée : vous pouvez alors saisir, dans les deux mois, la Commission d'accès aux documents administratifs \
(Cada ; articles R*311-12, R311-13 et R343-1 du même code)."""

NATURES_DE_SANTE = tuple(n.nom for n in NATURES.values() if n.sensible == "sante")
"""The data of article 9 of the RGPD that the law reads. Stay and nationality are restricted, but not listed there."""

INCONNU_AVANT = -1
"""`avant` of an effect when the right had never been calculated."""

EFFET = np.dtype(
    [("dossier", "i8"), ("mois", "i4"), ("droit", "i2"), ("avant", "i8"), ("apres", "i8"), ("motif", "i2")]
)
"""One right of one month that changes: net cents before (-1: never calculated) and after; `mois` in days since 2000."""


def _nommer(genre: str, texte: str) -> tuple[str, str]:
    """The key of a text, which changes with its words, and the text."""
    return f"{genre}:{hashlib.sha256(texte.encode()).hexdigest()[:16]}", texte


def _recours(droits: Iterable[str]) -> tuple[str, str]:
    """The remedies for a decision on these rights, in the law's order."""
    concernes = set(droits)
    return _nommer("recours", texte_des_recours([c for c in codes_des_droits() if c in concernes]))


def conserver(*textes: tuple[str, str]) -> list[str]:
    """Record those of these texts that were never used; returns their keys. One question for all of them."""
    connus = set(TexteDecision.objects.filter(cle__in=[cle for cle, _ in textes]).values_list("cle", flat=True))
    for cle, texte in textes:
        if cle not in connus:
            TexteDecision.objects.get_or_create(cle=cle, defaults={"texte": texte})
    return [cle for cle, _ in textes]


def version_des_regles() -> VersionRegles:
    """The version of the law this process runs, recorded the first time it is used: since when, and what it reads."""
    return VersionRegles.objects.get_or_create(empreinte=empreinte_regles(), defaults={"natures": _natures_lues})[0]


def _natures_lues() -> dict[str, list[str]]:
    return {droit.code: [n.nom for n in faits_cites(droit)] for droit in liste_droits()}


def lit_une_donnee_de_sante(foyers: npt.NDArray[Any], personnes: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """For each household: whether a health fact that counts (known, not zero) enters the calculation."""
    par_personne = np.zeros(len(personnes), bool)
    par_foyer = np.zeros(len(foyers), bool)
    for nom in NATURES_DE_SANTE:
        for dtype, lignes, vers in ((PERSONNE, personnes, par_personne), (FOYER, foyers, par_foyer)):
            if nom in (dtype.names or ()):
                compte = lignes[nom] > 0
                np.logical_or(vers, compte.any(axis=1) if compte.ndim > 1 else compte, out=vers)
    cumul = np.concatenate([[0], np.cumsum(par_personne)])
    return par_foyer | (cumul[foyers["fin"]] > cumul[foyers["debut"]])


# The facts are asked as well, with the very question that migration 0036 asks (yearly amounts are read from N-2): what
# the program overlooks, or files where the law read nothing of it this time, waits for a person rather than stops the
# batch. OFFSET 0: file by file; the planner would otherwise walk the whole exclusion index for its third column, the
# kind of fact.
_SANTE = """
SELECT DISTINCT s.dossier
  FROM unnest(%(dossiers)s, %(premiers)s, %(derniers)s) AS s(dossier, premier, dernier)
 CROSS JOIN LATERAL (SELECT daterange((s.premier - interval '6 months')::date,
                                      (s.dernier + interval '1 month')::date) AS lus,
                            daterange(make_date(extract(year FROM s.premier)::integer - 2, 1, 1),
                                      (s.dernier + interval '1 month')::date) AS annees) m
 CROSS JOIN LATERAL (SELECT t.personne_id, t.nature, t.valeur, t.valide, t.connu
                       FROM dossiers_fait t WHERE t.dossier_id = s.dossier OFFSET 0) f
 WHERE f.nature = ANY (%(natures)s) AND f.valeur > 0 AND f.connu @> %(connu_au)s::timestamptz
   AND (f.valide && m.lus OR f.nature = ANY (%(annuelles)s) AND f.valide && m.annees)
   AND (f.personne_id IS NULL OR EXISTS (
        SELECT 1 FROM dossiers_rattachement r
         WHERE r.dossier_id = s.dossier AND r.personne_id = f.personne_id
           AND r.connu @> %(connu_au)s::timestamptz AND r.valide && m.lus))"""


def dossiers_avec_sante(
    dossiers: npt.ArrayLike, premiers: npt.ArrayLike, derniers: npt.ArrayLike, connu_au: datetime.datetime
) -> list[int]:
    """Files whose facts, over the months decided (days since 2000), hold a health fact that counts."""
    parametres = {
        "dossiers": Bigint(dossiers), "premiers": Jours(premiers), "derniers": Jours(derniers), "connu_au": connu_au,
        "natures": Smallint([NATURES[nom].code for nom in NATURES_DE_SANTE]),
        "annuelles": Smallint([NATURES[n].code for n in NATURES_DE_SANTE if NATURES[n].periodicite == "annee"]),
    }  # fmt: skip
    return [dossier for (dossier,) in interroger(_SANTE, parametres)]


_DECIDER = """
INSERT INTO dossiers_decision (dossier_id, organisme_id, liquidation_id, prise_le, automatisation, donnees_sensibles,
                               effets, cause, finalite_id, regles_id, mention_id, recours_id)
SELECT e.dossier, %(organisme)s, %(liquidation)s, %(prise_le)s,
       CASE WHEN e.dossier = ANY (%(sante)s) THEN 'assistee' ELSE 'exclusive' END, e.dossier = ANY (%(sante)s),
       jsonb_agg(jsonb_build_object(
           'mois', to_char(e.mois, 'YYYY-MM'), 'droit', (%(codes)s::text[])[e.droit + 1],
           'avant', NULLIF(e.avant, %(inconnu)s), 'apres', e.apres, 'motif', (%(motifs)s::text[])[e.motif + 1])
           ORDER BY e.mois, e.droit),
       '', %(finalite)s, %(regles)s, %(mention)s, (%(recours)s::text[])[min(e.texte)]
  FROM unnest(%(dossier)s, %(mois)s, %(droit)s, %(avant)s, %(apres)s, %(motif)s, %(texte)s)
       AS e(dossier, mois, droit, avant, apres, motif, texte)
 GROUP BY e.dossier"""


def decider_en_lot(
    liquidation: int,
    organisme: str,
    prise_le: datetime.datetime,
    effets: npt.NDArray[Any],
    sante: npt.NDArray[Any],
) -> int:
    """One decision per household that has effects (`EFFET` records). `sante`: files whose calculation reads health."""
    if not len(effets):
        return 0
    codes = codes_des_droits()
    dossiers, place = np.unique(effets["dossier"], return_inverse=True)
    mention, finalite, recours, rangs = _textes_du_lot(effets, place, codes)
    premiers, derniers = np.full(len(dossiers), np.iinfo("i4").max, "i4"), np.zeros(len(dossiers), "i4")
    np.minimum.at(premiers, place, effets["mois"])
    np.maximum.at(derniers, place, effets["mois"])
    lue = np.union1d(sante, dossiers_avec_sante(dossiers, premiers, derniers, prise_le)).astype("i8")
    parametres: dict[str, Any] = {
        "organisme": organisme, "liquidation": liquidation, "prise_le": prise_le, "codes": codes, "motifs": MOTIFS,
        "inconnu": INCONNU_AVANT, "mention": mention, "finalite": finalite, "recours": recours,
        "regles": version_des_regles().empreinte, "sante": Bigint(lue),
        "dossier": Bigint(effets["dossier"]), "mois": Jours(effets["mois"]), "droit": Smallint(effets["droit"]),
        "avant": Bigint(effets["avant"]), "apres": Bigint(effets["apres"]), "motif": Smallint(effets["motif"]),
        "texte": Integer(rangs[place] + 1),
    }  # fmt: skip
    return executer(_DECIDER, parametres)


def _textes_du_lot(
    effets: npt.NDArray[Any], place: npt.NDArray[Any], codes: list[str]
) -> tuple[str, str, list[str], npt.NDArray[Any]]:
    """Keys of the mention, of the purpose, of the remedies for each set of rights met; which set is each file's.

    `place`: the file of each effect, numbered from zero. A set is 64 bits: one for each right.
    """
    ensembles = np.zeros(int(place.max()) + 1, "i8")
    np.bitwise_or.at(ensembles, place, np.left_shift(1, effets["droit"].astype("i8")))
    presents, rangs = np.unique(ensembles, return_inverse=True)
    recours = [_recours(c for j, c in enumerate(codes) if int(ensemble) >> j & 1) for ensemble in presents]
    mention, finalite, *cles = conserver(_nommer("mention", MENTION), _nommer("finalite", FINALITE), *recours)
    return mention, finalite, cles, rangs


def decider(
    *,
    liquidation: int,
    organisme: str,
    dossier: int,
    prise_le: datetime.datetime,
    effets: list[dict[str, Any]],
    cause: str,
    donnees_sensibles: bool,
) -> Decision:
    """The decision on one file. Validated by an agent who saw its effect, it carries that agent's review at once."""
    cours = traitement_courant()
    assert cours is not None
    par_un_agent = cours.acteur.genre == "agent"
    mois = sorted(jours_depuis_2000(premier_jour(effet["mois"])) for effet in effets)
    donnees_sensibles = donnees_sensibles or bool(dossiers_avec_sante([dossier], mois[:1], mois[-1:], prise_le))
    etats = Decision.Automatisation
    mention, finalite, recours = conserver(
        _nommer("mention", MENTION), _nommer("finalite", FINALITE), _recours(effet["droit"] for effet in effets)
    )
    decision = Decision.objects.create(
        dossier_id=dossier,
        organisme_id=organisme,
        liquidation_id=liquidation,
        prise_le=prise_le,
        automatisation=etats.ASSISTEE if par_un_agent or donnees_sensibles else etats.EXCLUSIVE,
        donnees_sensibles=donnees_sensibles,
        effets=effets,
        cause=cause,
        finalite_id=finalite,
        regles=version_des_regles(),
        mention_id=mention,
        recours_id=recours,
    )
    if par_un_agent:
        relire(decision, RevueDecision.Avis.CONFIRMEE)
    return decision


def recus(decision: Decision) -> dict[str, dict[str, Any]]:
    """Month → receipt of the calculation behind this decision, from the facts known when it was taken.

    Nothing is stored twice: the facts are never edited, so the receipt issued later is the one of then.
    `droits.recu.rejouer` computes it again.
    """
    connus = charger_dossier(decision.dossier_id, decision.liquidation.connu_au)
    mois_de_la_decision = sorted({effet["mois"] for effet in decision.effets})
    situations = {mois: situation_de(connus, mois) for mois in mois_de_la_decision}
    return {
        mois: emettre(situation, liquider_foyer(situation), decision.liquidation.connu_au)
        for mois, situation in situations.items()
    }

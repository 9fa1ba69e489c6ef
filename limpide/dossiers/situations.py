"""Facts → law records: one household, or all those of a Caf, by the same columns and the same lines of code.

What is read: who was in the household, and the facts, as known at an instant. How a dated fact becomes a field:
a monthly amount is the fact's of each month; a state is the one of the last day of the month (what happens during
a month counts from it; rules that wait for the next month look at `present` or at dates of birth); the yearly
resources of family benefits and of the AAH are those of the civil year N-2 (CSS R532-3, R821-4), other yearly amounts
the latest known of N-2 to N. No fact: unknown, unless the catalogue says what silence means. The rank in the quarter of
rights is counted from the claim, unless a fact gives it. What this Caf itself paid in the past months stands before
what was declared of it (`montants_recus`).
"""

import datetime
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from limpide.droits.ensemble import liquider_foyer
from limpide.droits.faits import INCONNU, NATURES, NATURES_PAR_CODE, Nature
from limpide.droits.situation import (
    MOIS_FENETRE,
    Situation,
    deduire_les_etudes,
    foyers_vierges,
    personnes_vierges,
    resumer,
)

from . import demi_journees, montants_recus, parts
from .lots import lire_colonnes
from .mois import decaler, ecrire, premier_jour

Tableau = npt.NDArray[Any]
Lot = tuple[Tableau, Tableau, Tableau, Tableau]
"""File numbers, FOYER records, PERSONNE records, person numbers (one per PERSONNE)."""

JOUR_ZERO = datetime.date(2000, 1, 1)
DE_1970_A_2000 = (JOUR_ZERO - datetime.date(1970, 1, 1)).days
SANS_FIN = 2**31 - 1
"""PostgreSQL's binary `infinity` of a date: still holds."""
ANNEE_DES_RESSOURCES = -2
ANNEES_DU_DERNIER_CONNU = (-2, -1, 0)
TRIMESTRE = 3
RESSOURCES_ANNUELLES = (
    NATURES["prestations_familiales_base_ressources"].code,
    NATURES["revenus_imposables_bruts"].code,
    *(n.code for n in NATURES.values() if n.nom.endswith("_n2")),
)
"""Those of the year before last, and of no other."""
ANNUELLES = sorted(n.code for n in NATURES.values() if n.periodicite == "annee")
BITS_PERSONNE = 40

# Constants of this module: `lots.lire_colonnes` puts the parameters in as literals. Without a Caf or a list of files,
# the condition is the literal true and the planner drops it.
_PORTEE = """({organisme}::text IS NULL OR t.organisme_id = {organisme})
   AND ({dossiers}::bigint[] IS NULL OR t.dossier_id = ANY ({dossiers}))"""
_COMPOSITION = f"""
SELECT t.dossier_id, t.personne_id,
       (CASE t.role WHEN 'demandeur' THEN 0 WHEN 'conjoint' THEN 1 ELSE 2 END)::smallint,
       t.garde_alternee::integer::smallint,
       lower(t.valide), coalesce(upper(t.valide), 'infinity'), t.naissance
  FROM dossiers_rattachement t
 WHERE {_PORTEE} AND t.connu @> {{connu_au}}::timestamptz
   AND t.valide && daterange({{debut}}, {{fin}})"""  # noqa: S608 -- constants
_DOSSIERS = f"""
SELECT t.id, coalesce(t.ouvert_le, 'infinity'), coalesce(t.clos_le, 'infinity')
  FROM dossiers_dossier t
 WHERE {_PORTEE.replace("t.dossier_id", "t.id")}"""  # noqa: S608
_FAITS = f"""
SELECT t.dossier_id, coalesce(t.personne_id, 0), t.nature, t.valeur,
       lower(t.valide), coalesce(upper(t.valide), 'infinity')
  FROM dossiers_fait t
 WHERE {_PORTEE} AND t.connu @> {{connu_au}}::timestamptz
   AND (t.valide && daterange({{debut}}, {{fin}})
        OR t.nature = ANY ({{annuelles}}) AND t.valide && daterange({{debut_annees}}, {{fin}})
        OR t.nature = ANY ({{comptees}}) AND t.valide && daterange(NULL, {{fin}}))"""  # noqa: S608
_DEMANDES = f"""
SELECT t.dossier_id, min(t.deposee_le AT TIME ZONE 'Europe/Paris')::date
  FROM dossiers_demande t
 WHERE {_PORTEE} AND t.deposee_le <= {{connu_au}}::timestamptz AND t.etat <> 'abandonnee'
   AND t.droits && ARRAY['rsa', 'ppa']::varchar[]
 GROUP BY t.dossier_id"""  # noqa: S608

COMPOSITION = {"dossier": "bigint", "personne": "bigint", "role": "smallint", "garde": "smallint",
               "debut": "date", "fin": "date", "naissance": "date"}  # fmt: skip
DOSSIERS = {"dossier": "bigint", "ouvert": "date", "clos": "date"}
FAITS = {"dossier": "bigint", "personne": "bigint", "nature": "smallint", "valeur": "bigint",
         "debut": "date", "fin": "date"}  # fmt: skip
DEMANDES = {"dossier": "bigint", "depot": "date"}


class SituationAbsente(LookupError):
    """No household to compute for this month: the file is not open, or not visible from here."""


def jour_2000(date: datetime.date) -> int:
    """Days since 2000, as PostgreSQL counts them."""
    return (date - JOUR_ZERO).days


@dataclass(frozen=True)
class FaitsConnus:
    """What was known at `connu_au` of some files: members, facts, dates of claim, amounts received. Arrays of columns.

    Days are counted from 2000 and periods exclude their end; `personne` 0 is the household itself.
    """

    connu_au: datetime.datetime
    dossiers: Tableau
    composition: Tableau
    faits: Tableau
    demandes: Tableau
    recus: Tableau
    partages: Tableau = field(default_factory=parts.AUCUNE.copy)

    def avec_recus(self, recus: Tableau, partages: Tableau = parts.AUCUNE) -> "FaitsConnus":
        """The same, where these amounts (`montants_recus.RECU`) are what was received, in the place of earlier ones.

        `partages`: whose they are, where several adults share one (`parts.PART`).
        """
        tous = np.concatenate([self.partages, partages])
        return replace(self, recus=np.concatenate([self.recus, recus]), partages=tous)

    def sans(
        self, dossier: int, personne: int | None, nature: str, debut: datetime.date, fin: datetime.date | None
    ) -> "FaitsConnus":
        """The same, nothing being known of this kind for this subject from `debut` to `fin` (excluded)."""
        f, de, a = self.faits, jour_2000(debut), SANS_FIN if fin is None else jour_2000(fin)
        touche = (f["dossier"] == dossier) & (f["personne"] == (personne or 0)) & (f["nature"] == NATURES[nature].code)
        touche &= (f["debut"] < a) & (f["fin"] > de)
        avant, apres = f[touche & (f["debut"] < de)], f[touche & (f["fin"] > a)]
        avant["fin"], apres["debut"] = de, a
        return replace(self, faits=np.concatenate([f[~touche], avant, apres]))

    def avec(
        self,
        dossier: int,
        personne: int | None,
        nature: str,
        valeur: int,
        debut: datetime.date,
        fin: datetime.date | None,
    ) -> "FaitsConnus":
        """The same as if this fact were declared: what `services.declarer_fait` would leave. Writes nothing."""
        fait = np.zeros(1, self.faits.dtype)
        fait["dossier"], fait["personne"], fait["nature"] = dossier, personne or 0, NATURES[nature].code
        fait["valeur"], fait["debut"], fait["fin"] = (
            valeur,
            jour_2000(debut),
            SANS_FIN if fin is None else jour_2000(fin),
        )
        reste = self.sans(dossier, personne, nature, debut, fin)
        return replace(reste, faits=np.concatenate([reste.faits, fait]))


def charger(
    mois: str | datetime.date | None,
    connu_au: datetime.datetime,
    organisme: str | None = None,
    dossiers: list[int] | None = None,
) -> FaitsConnus:
    """Read what is needed to compute a month (None: any month) for these files, as known at an instant."""
    connus = _lire(mois, connu_au, organisme, dossiers)

    def parts_de(dossier: int, du_mois: int) -> dict[int, dict[int, float]]:
        jour = parts.jour(du_mois)
        alors = _lire(jour, parts.connu_au_de(dossier, jour, connu_au), None, [dossier])
        return parts_du_foyer(*lot_de(alors, jour))

    return connus.avec_recus(
        montants_recus.AUCUN, parts.partager(connus.recus, connus.composition, connus.faits, parts_de)
    )


def _lire(
    mois: str | datetime.date | None, connu_au: datetime.datetime, organisme: str | None, dossiers: list[int] | None
) -> FaitsConnus:
    if mois is None:
        debut, annees, fin, ce_mois = (
            datetime.date.min,
            datetime.date.min,
            datetime.date.max,
            datetime.date.min,
        )
    else:
        ce_mois = premier_jour(mois)
        debut, fin = decaler(ce_mois, 1 - MOIS_FENETRE), decaler(ce_mois, 1)
        annees = datetime.date(ce_mois.year + ANNEE_DES_RESSOURCES, 1, 1)
    portee = {"organisme": organisme, "dossiers": dossiers, "connu_au": connu_au}
    fenetre = portee | {"debut": debut, "fin": fin}
    toujours = {"debut_annees": annees, "annuelles": ANNUELLES, "comptees": demi_journees.CODES}
    faits = lire_colonnes(_FAITS, fenetre | toujours, FAITS)
    return FaitsConnus(
        connu_au,
        lire_colonnes(_DOSSIERS, portee, DOSSIERS),
        lire_colonnes(_COMPOSITION, fenetre, COMPOSITION),
        faits,
        lire_colonnes(_DEMANDES, portee, DEMANDES),
        montants_recus.lire(portee, None if mois is None else ce_mois, faits),
    )


def situations_caf(
    organisme: str, mois: str | datetime.date, connu_au: datetime.datetime, dossiers: list[int] | None = None
) -> Lot:
    """Records of all the open households of a Caf (or of some of its files) for a month. The caller journals."""
    return construire(charger(mois, connu_au, organisme, dossiers), mois)


def charger_dossier(dossier: int, connu_au: datetime.datetime) -> FaitsConnus:
    """All that was known of one file, whatever the month: load once, then compute many months."""
    return charger(None, connu_au, dossiers=[dossier])


def situation_de(connus: FaitsConnus, mois: str | datetime.date) -> Situation:
    """The situation of the only file in `connus`. Raises `SituationAbsente`."""
    return lot_de(connus, mois)[0]


def lot_de(connus: FaitsConnus, mois: str | datetime.date) -> tuple[Situation, Tableau]:
    """The same, with the numbers of its persons in their order."""
    dossiers, foyers, personnes, numeros = construire(connus, mois)
    if len(dossiers) != 1:
        raise SituationAbsente("Ce dossier n'a pas de demandeur ce mois-là : il n'y a pas de situation à calculer.")
    return Situation(ecrire(premier_jour(mois)), foyers, personnes), numeros


def parts_du_foyer(situation: Situation, numeros: Tableau) -> dict[int, dict[int, float]]:
    """What each adult has of the rights that are each adult's: rank of the right → person → euros."""
    comptes = [droit.code for _, droit in montants_recus.nourriciers()]
    return parts.des_resultats(liquider_foyer(situation, comptes), numeros)


def situation_du(dossier: int, mois: str | datetime.date, connu_au: datetime.datetime) -> Situation:
    """The situation of one file for a month, as known at an instant. Raises `SituationAbsente`."""
    return situation_de(charger(mois, connu_au, dossiers=[dossier]), mois)


def construire(connus: FaitsConnus, mois: str | datetime.date) -> Lot:
    """Law records of the households that have a claimant on the last day of the month."""
    ce_mois = premier_jour(mois)
    debuts = np.array([jour_2000(decaler(ce_mois, k)) for k in range(1 - MOIS_FENETRE, 2)])
    ouverts = connus.dossiers[(connus.dossiers["ouvert"] < debuts[-1]) & (connus.dossiers["clos"] >= debuts[-2])]
    du_mois = _parmi(connus.composition["dossier"], np.sort(ouverts["dossier"]))
    dossiers, membres, present = _composer(connus.composition[du_mois], debuts[1:] - 1)
    personnes = personnes_vierges(membres["role"])
    personnes["present"] = present
    personnes["date_naissance"] = membres["naissance"] + DE_1970_A_2000
    personnes["garde_alternee"] = membres["garde"]
    rang = np.searchsorted(dossiers, membres["dossier"])
    foyers = foyers_vierges(np.bincount(rang, minlength=len(dossiers)))
    _compter_le_trimestre(foyers, dossiers, connus.demandes, ce_mois)
    lieux = _Lieux.de(dossiers, rang, membres["personne"])
    sans_dire, personnes["etudiant"] = personnes["etudiant"].copy(), INCONNU
    _poser_les_faits(foyers, personnes, connus.faits, lieux, debuts, ce_mois.year)
    tus = personnes["etudiant"] == INCONNU
    personnes["etudiant"][tus] = sans_dire[tus]
    deduire_les_etudes(personnes, tus)
    montants_recus.poser(foyers, dossiers, connus.recus, debuts)
    parts.poser(personnes, connus, lieux.trouver, debuts)
    demi_journees.ajouter(
        personnes, membres["personne"], membres["dossier"], connus.faits, connus.recus, ce_mois
    )  # fmt: skip
    resumer(foyers)
    resumer(personnes)
    return dossiers, foyers, personnes, membres["personne"].copy()


def _composer(lignes: Tableau, derniers: Tableau) -> tuple[Tableau, Tableau, Tableau]:
    """Files with a claimant on the last day, their members in the order of the records, who was there when.

    `derniers`: last day of each month of the window. A person with several rows (custody changed, came back) is one
    member: role and custody are those of the latest row.
    """
    present = (lignes["debut"][:, None] <= derniers) & (lignes["fin"][:, None] > derniers)
    avec_demandeur = np.unique(lignes["dossier"][(lignes["role"] == 0) & present[:, -1]])
    garde = present.any(axis=1) & _parmi(lignes["dossier"], avec_demandeur)
    lignes, present = lignes[garde], present[garde]
    ordre = np.lexsort((lignes["debut"], lignes["personne"], lignes["dossier"]))
    lignes, present = lignes[ordre], present[ordre]
    nouveau = np.ones(len(lignes), bool)
    nouveau[1:] = (np.diff(lignes["dossier"]) != 0) | (np.diff(lignes["personne"]) != 0)
    premiers = np.flatnonzero(nouveau)
    if len(premiers):
        present = np.logical_or.reduceat(present, premiers, axis=0)
    membres = lignes[np.append(premiers[1:], len(lignes)) - 1] if len(lignes) else lignes
    ordre = np.lexsort((membres["personne"], membres["naissance"], membres["role"], membres["dossier"]))
    return avec_demandeur, membres[ordre], present[ordre]


def _parmi(valeurs: Tableau, triees: Tableau) -> Tableau:
    """Which of `valeurs` are in the sorted array `triees`."""
    if not len(triees):
        return np.zeros(len(valeurs), bool)
    place = np.minimum(np.searchsorted(triees, valeurs), len(triees) - 1)
    trouvees: Tableau = triees[place] == valeurs
    return trouvees


def _compter_le_trimestre(foyers: Tableau, dossiers: Tableau, demandes: Tableau, ce_mois: datetime.date) -> None:
    """Months since the start of the quarter of rights: quarters follow each other from the month of the claim."""
    demandes = demandes[_parmi(demandes["dossier"], dossiers)]
    depot = (demandes["depot"].astype("M8[D]") + DE_1970_A_2000).astype("M8[M]").astype(np.int64)
    ecart = (ce_mois.year - 1970) * 12 + ce_mois.month - 1 - depot
    connu = ecart >= 0
    foyers["rang_trimestre"][np.searchsorted(dossiers, demandes["dossier"][connu])] = ecart[connu] % TRIMESTRE


@dataclass(frozen=True)
class _Lieux:
    """Where a file, or a person of a file, is in the records."""

    dossiers: Tableau
    cles: Tableau
    places: Tableau

    @classmethod
    def de(cls, dossiers: Tableau, rang: Tableau, personnes: Tableau) -> "_Lieux":
        cles = (rang << BITS_PERSONNE) | personnes
        places = np.argsort(cles, kind="stable")
        return cls(dossiers, cles[places], places)

    def trouver(self, faits: Tableau) -> tuple[Tableau, Tableau]:
        """Facts that concern a record, and the row of that record."""
        faits = faits[_parmi(faits["dossier"], self.dossiers)]
        rang = np.searchsorted(self.dossiers, faits["dossier"])
        du_foyer = faits["personne"] == 0
        cles = (rang << BITS_PERSONNE) | faits["personne"]
        garde = du_foyer | _parmi(cles, self.cles)
        place = np.searchsorted(self.cles, cles[garde])
        ligne = np.where(du_foyer[garde], rang[garde], self.places[np.minimum(place, len(self.places) - 1)])
        return faits[garde], ligne


def _poser_les_faits(
    foyers: Tableau, personnes: Tableau, faits: Tableau, lieux: _Lieux, debuts: Tableau, annee: int
) -> None:
    """Write each fact in the field of its kind, one kind after the other."""
    if not len(faits) or not len(foyers):
        return
    faits, ligne = lieux.trouver(faits)
    ordre = np.argsort(faits["nature"], kind="stable")
    faits, ligne = faits[ordre], ligne[ordre]
    codes, premiers = np.unique(faits["nature"], return_index=True)
    for code, de, a in zip(codes.tolist(), premiers, np.append(premiers[1:], len(faits)), strict=True):
        nature = NATURES_PAR_CODE.get(code)
        if nature is not None:
            champ = (personnes if nature.sujet == "personne" else foyers)[nature.nom]
            _poser(nature, champ, faits[de:a], ligne[de:a], debuts, annee)


def _poser(nature: Nature, champ: Tableau, faits: Tableau, ligne: Tableau, debuts: Tableau, annee: int) -> None:
    valeur = faits["valeur"] / 100 if nature.type == "euros" else faits["valeur"]
    debut, fin = faits["debut"], faits["fin"]
    if nature.periodicite == "mois":
        for k in range(MOIS_FENETRE):
            vaut = (debut <= debuts[k]) & (fin > debuts[k])
            champ[ligne[vaut], k] = valeur[vaut]
        return
    if nature.periodicite == "annee":
        ecarts = (ANNEE_DES_RESSOURCES,) if nature.code in RESSOURCES_ANNUELLES else ANNEES_DU_DERNIER_CONNU
        dates = [jour_2000(datetime.date(annee + ecart, 1, 1)) for ecart in ecarts]
    else:
        dates = [int(debuts[-1]) - 1]
    for date in dates:
        vaut = (debut <= date) & (fin > date)
        champ[ligne[vaut]] = valeur[vaut]

"""What the screens show of a file, in words, inside a processing that reads it. Nothing is written here."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max
from django.utils import timezone

from limpide.dossiers import lexique, revues
from limpide.dossiers.decisions import NATURES_DE_SANTE
from limpide.dossiers.explications import Calculs, LigneVue, toutes_les_lignes
from limpide.dossiers.graphique import Graphique, empiler
from limpide.dossiers.models import Decision, Demande, Fait, LigneDroit, PieceAttendue, Rattachement
from limpide.dossiers.mois import decaler, ecrire, premier_jour
from limpide.dossiers.recherche import nom_complet
from limpide.dossiers.templatetags.affichage import MOIS_COURTS
from limpide.droits.calcul import liste_droits
from limpide.droits.explication import Recit, raconter
from limpide.droits.faits import MOIS_FENETRE, NATURES, NATURES_PAR_CODE
from limpide.droits.francais import valeur_de_fait
from limpide.droits.moteur import Droit
from limpide.registre.collecte import registre
from limpide.registre.models import LigneJournal

MOIS_DU_GRAPHIQUE = 12
LIGNES_DE_JOURNAL = 200
ORDRE_DES_ROLES = {"demandeur": 0, "conjoint": 1, "enfant": 2}


@dataclass(frozen=True)
class Membre:
    """A person of the household on a day, as known at a moment."""

    personne: int
    nom: str
    role: lexique.Mots
    naissance: dt.date
    periode: str
    garde_alternee: bool
    source: lexique.Mots
    connu_le: dt.datetime


def membres(dossier: int, jour: dt.date, connu_au: dt.datetime) -> list[Membre]:
    """The household on `jour` as known at `connu_au`, claimant first, then children by age."""
    lignes = Rattachement.objects.select_related("personne").filter(
        dossier_id=dossier, valide__contains=jour, connu__contains=connu_au
    )
    return [
        Membre(
            personne=r.personne_id,
            nom=nom_complet(r.personne),
            role=lexique.ROLES[r.role],
            naissance=r.personne.date_naissance,
            periode=lexique.periode(r.valide.lower, r.valide.upper),
            garde_alternee=r.garde_alternee,
            source=lexique.SOURCES[r.source],
            connu_le=r.connu.lower,
        )
        for r in sorted(lignes, key=lambda r: (ORDRE_DES_ROLES[r.role], r.personne.date_naissance))
    ]


def demandes(dossier: int) -> list[tuple[Demande, lexique.Mots]]:
    return [(d, lexique.DEMANDES[d.etat]) for d in Demande.objects.filter(dossier_id=dossier).order_by("-creee_le")]


def pieces(dossier: int) -> list[tuple[PieceAttendue, lexique.Mots]]:
    """Supporting documents due, the latest deadline last."""
    attendues = PieceAttendue.objects.filter(dossier_id=dossier).order_by("attendue_pour")
    return [(p, lexique.PIECES[p.etat]) for p in attendues]


def decisions(dossier: int) -> list[tuple[Decision, lexique.Mots, bool]]:
    """Newest first: how each was taken, and whether it still waits for a person."""
    trouvees = Decision.objects.filter(dossier_id=dossier).order_by("-prise_le", "-pk")
    faites = revues.revues_de(dossier)
    return [(d, revues.mots(d, faites), revues.en_attente(d, faites)) for d in trouvees]


def dernier_mois(dossier: int) -> str:
    """The latest month with rights, as addresses write it; empty if none."""
    mois = LigneDroit.objects.filter(dossier_id=dossier).aggregate(n=Max("mois"))["n"]
    return ecrire(mois) if mois else ""


@dataclass(frozen=True)
class FaitVu:
    """A fact as the timeline shows it. `remplace_le`: when we stopped believing it."""

    pk: int
    libelle: str
    valeur: str
    periode: str
    source: lexique.Mots
    connu_le: dt.datetime
    remplace_le: dt.datetime | None

    @property
    def en_vigueur(self) -> bool:
        return self.remplace_le is None


@dataclass(frozen=True)
class Sujet:
    """A person, or the household, with its facts by kind, the most recent period first."""

    nom: str
    role: str
    faits: list[FaitVu] = field(default_factory=list)


def fait_vu(fait: Fait) -> FaitVu:
    """One fact in words."""
    nature = NATURES_PAR_CODE[fait.nature]
    return FaitVu(
        fait.pk,
        nature.libelle,
        valeur_de_fait(nature, fait.valeur / 100 if nature.type == "euros" else fait.valeur),
        lexique.periode(fait.valide.lower, fait.valide.upper, mensuelle=nature.periodicite == "mois"),
        lexique.SOURCES[fait.source],
        fait.connu.lower,
        fait.connu.upper,
    )


def faits(dossier: int) -> list[Sujet]:
    """Everything ever known of the file: facts in force and those they replaced."""
    roles = {
        r.personne_id: (nom_complet(r.personne), r.role)
        for r in Rattachement.objects.select_related("personne").filter(dossier_id=dossier)
    }
    par_sujet: dict[int | None, list[Fait]] = {}
    for fait in Fait.objects.filter(dossier_id=dossier):
        par_sujet.setdefault(fait.personne_id, []).append(fait)
    sujets = []
    for personne, (nom, role) in sorted(roles.items(), key=lambda x: (ORDRE_DES_ROLES[x[1][1]], x[0])):
        siens = [fait_vu(f) for f in _ordonner(par_sujet.get(personne, []))]
        sujets.append(Sujet(nom, lexique.ROLES[role].agent, siens))
    return [*sujets, Sujet("Le foyer", "", [fait_vu(f) for f in _ordonner(par_sujet.get(None, []))])]


def _ordonner(faits_du_sujet: list[Fait]) -> list[Fait]:
    def rang(fait: Fait) -> tuple[int, int, bool, float]:
        remplace = fait.connu.upper is not None
        return (fait.nature, -fait.valide.lower.toordinal(), remplace, -fait.connu.lower.timestamp())

    return sorted(faits_du_sujet, key=rang)


def droits_montres(vigueur: dict[dt.date, list[LigneVue]]) -> list[Droit]:
    """The rights that give something or wait in some month, in the law's order; the others are on the month's page."""
    parlent = {ligne.droit for lignes in vigueur.values() for ligne in lignes if ligne.parle}
    return [droit for droit in liste_droits() if droit.code in parlent]


def dessin(vigueur: dict[dt.date, list[LigneVue]]) -> Graphique:
    """Net rights of the last twelve months, stacked."""
    droits = droits_montres(vigueur)
    codes = [droit.code for droit in droits]
    colonnes = []
    for mois in sorted(vigueur)[-MOIS_DU_GRAPHIQUE:]:
        nets = {ligne.droit: ligne.net for ligne in vigueur[mois]}
        colonnes.append((f"{MOIS_COURTS[mois.month - 1]} {mois.year % 100:02d}", [nets.get(c, 0) for c in codes]))
    resume = f"Droits nets par mois, sur {len(colonnes)} mois : le tableau qui suit donne les mêmes chiffres."
    return empiler(resume, [droit.libelle for droit in droits], colonnes)


def tableau(vigueur: dict[dt.date, list[LigneVue]]) -> list[dict[str, Any]]:
    """One row per month, newest first: the line of each right shown, in the law's order, and the total."""
    codes = [droit.code for droit in droits_montres(vigueur)]
    rangees = []
    for mois in sorted(vigueur, reverse=True):
        lignes = {ligne.droit: ligne for ligne in vigueur[mois]}
        total = sum(ligne.net for ligne in vigueur[mois])
        rangees.append(
            {"mois": mois, "adresse": ecrire(mois), "lignes": [lignes.get(c) for c in codes], "total": total}
        )
    return rangees


@dataclass(frozen=True)
class Acces:
    """One access to the file."""

    quand: dt.datetime
    qui: str
    action: str
    finalite: str
    motif: str


def journal(dossier: int) -> list[Acces]:
    """Accesses to this file, newest first; one line per moment and processing (persons are folded together)."""
    traitements = registre().traitements
    colonnes = ("quand", "acteur_genre", "acteur_id", "service", "traitement", "motif", "action")
    lignes = LigneJournal.objects.filter(dossier_id=dossier).order_by("-quand", "-id").values_list(*colonnes)
    vus: dict[Any, Acces] = {}
    for quand, genre, compte, service, cle, motif, action in lignes[: LIGNES_DE_JOURNAL * 4]:
        qui = service if compte is None or genre == "allocataire" else f"{service}, compte {compte}"
        finalite = traitements[cle].intitule if cle in traitements else cle
        acces = Acces(timezone.localtime(quand), qui, lexique.ACTIONS[action].agent, finalite, motif)
        vus.setdefault((quand, cle, action), acces)
    return list(vus.values())[:LIGNES_DE_JOURNAL]


@dataclass(frozen=True)
class Resume:
    """A decision in one row: whose file, which rights and months, by how much they move (net cents).

    `premier`: none of these rights had been calculated before; the difference is then the whole amount.
    """

    pk: int
    dossier: int
    numero: str
    prise_le: dt.datetime
    droits: str
    mois: str
    difference: int
    premier: bool


def resumer(trouvees: Iterable[Decision]) -> list[Resume]:
    """Rows of a list of decisions; nobody's name."""
    libelles = {droit.code: droit.libelle for droit in liste_droits()}
    resumes = []
    for d in trouvees:
        mois = sorted({effet["mois"] for effet in d.effets})
        resumes.append(
            Resume(
                pk=d.pk,
                dossier=d.dossier_id,
                numero=d.dossier.numero,
                prise_le=d.prise_le,
                droits=", ".join(dict.fromkeys(libelles.get(e["droit"], e["droit"]) for e in d.effets)),
                mois=lexique.periode(premier_jour(mois[0]), decaler(premier_jour(mois[-1]), 1), mensuelle=True),
                difference=sum(effet["apres"] - (effet["avant"] or 0) for effet in d.effets),
                premier=all(effet["avant"] is None for effet in d.effets),
            )
        )
    return resumes


@dataclass(frozen=True)
class EffetExplique:
    """One right of one month that a decision changes, with the calculation that says so."""

    mois: dt.date
    libelle: str
    avant: int | None
    apres: int
    mots: lexique.Mots
    recit: Recit


def effets_expliques(decision: Decision) -> list[EffetExplique]:
    """Every effect of a decision, computed again from what was known when it was taken."""
    lignes = {
        (ecrire(ligne.mois), ligne.droit): ligne
        for ligne in toutes_les_lignes(decision.dossier_id)
        if ligne.liquidation == decision.liquidation_id
    }
    calculs = Calculs(decision.dossier_id)
    effets = [(e, lignes[e["mois"], e["droit"]]) for e in decision.effets]
    return [
        EffetExplique(ligne.mois, ligne.libelle, e["avant"], e["apres"], ligne.mots, raconter(calculs.de(ligne)))
        for e, ligne in effets
    ]


def faits_de_sante(decision: Decision) -> list[tuple[str, FaitVu]]:
    """(whose, fact): the health facts that count over the months the calculation reads, as then known."""
    mois = sorted(premier_jour(effet["mois"]) for effet in decision.effets)
    lus = DateRange(decaler(mois[0], 1 - MOIS_FENETRE), decaler(mois[-1], 1))
    faits_lus = Fait.objects.select_related("personne").filter(
        dossier_id=decision.dossier_id, nature__in=[NATURES[nom].code for nom in NATURES_DE_SANTE], valeur__gt=0,
        valide__overlap=lus, connu__contains=decision.liquidation.connu_au,
    )  # fmt: skip
    return [(nom_complet(f.personne) if f.personne else "Le foyer", fait_vu(f)) for f in _ordonner(list(faits_lus))]

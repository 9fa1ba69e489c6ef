"""A household whose file is open: who is there, what the Caf knows of them, and what the law of a right still lacks."""

import datetime as dt
import math
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils import timezone

from limpide.dossiers import connaissance, lexique
from limpide.dossiers.demi_journees import COMPTEURS
from limpide.dossiers.models import Adresse, Dossier, Rattachement
from limpide.dossiers.mois import decaler, premier_jour
from limpide.dossiers.retroactivite import MOIS_DE_PRESCRIPTION
from limpide.dossiers.situations import JOUR_ZERO, TRIMESTRE, FaitsConnus, SituationAbsente, charger_dossier, construire
from limpide.droits.calcul import droits_demandes, fiches
from limpide.droits.faits import MOIS_FENETRE, NATURES, Nature
from limpide.droits.faits_logement import RESSOURCES_LOGEMENT
from limpide.droits.francais import valeur_de_fait
from limpide.droits.lectures import CleFait, est_inconnu, lire_avec
from limpide.droits.moteur import Droit
from limpide.droits.situation import ENFANT, Situation
from limpide.identite.models import Personne
from limpide.usagers.demande import moments
from limpide.usagers.demande.a_confirmer import AConfirmer
from limpide.usagers.demande.aides import Aide
from limpide.usagers.demande.lieux import zone_de_l_adresse
from limpide.usagers.dossier import nom_usuel

DU_FOYER = -1
"""Rank of the household itself in what the law reads."""
DE_LA_PERSONNE = frozenset({"date_naissance", "garde_alternee", "role"})
"""Held by the civil status and the household, never asked as facts."""
FAITS_AU_PLUS = 30
"""Kinds of facts without a default that a law may read, with room."""
TOUJOURS_LE_MEME = frozenset({"loyer"})
"""Amounts of each month that are told once: they stay until another is told."""
DU_TRIMESTRE = frozenset({*RESSOURCES_LOGEMENT, "chomage_net"})
"""What the housing benefit counts for three months, then asks again (CCH R823-6)."""
ANNEES_AVANT = 2
"""Yearly incomes are those of the last year but one."""


@dataclass(frozen=True)
class MembreDuFoyer:
    """A member of the household. `role`: as stored."""

    personne: Personne
    role: str
    nom: str
    naissance: dt.date

    @property
    def enfant(self) -> bool:
        return self.role == "enfant"

    @property
    def conjoint(self) -> bool:
        return self.role == "conjoint"

    @property
    def dit(self) -> str:
        """The role and the birth, in words."""
        return f"{lexique.ROLES[self.role].allocataire}, naissance le {self.naissance:%d/%m/%Y}"


@dataclass(frozen=True)
class Question:
    """One fact that the law reads and the file doesn't hold. `mois`: the months asked, none for a state.

    `depuis`: since when what is told holds. `annee`: of a yearly fact; `d_ordinaire`: that of the claim's month.
    `dit`: what was told once, as stored. `au_mois`: the month looked at.
    """

    nature: Nature
    rang: int
    qui: str
    personne: Personne | None
    depuis: dt.date
    annee: int
    d_ordinaire: int
    au_mois: dt.date
    mois: tuple[dt.date, ...] = ()
    dit: int | None = None

    @property
    def cle(self) -> str:
        """Prefix of its fields: a rank in the household, never the number of a person."""
        cle = f"{'f' if self.rang == DU_FOYER else f'p{self.rang}'}_{self.nature.nom}"
        return f"{cle}_{self.annee}" if self.nature.periodicite == "annee" and self.annee != self.d_ordinaire else cle


Manques = dict[tuple[int, str], list[int]]
"""(rank, kind of fact) → months of the window in which it is missing, -1 for a state."""


def _arretent(regles: tuple[Droit, ...], situation: Situation) -> Manques:
    """The first kind of fact that these laws cannot do without: whose, and in which months of the window."""
    arguments = fiches(situation)
    trouves: Manques = {}
    for regle in regles:
        if math.isnan(regle.montant(*arguments)):
            code = int(regle.manque(*arguments))
            for (rang, nom, k), valeur in lire_avec(regle, *arguments).faits.items():
                if NATURES[nom].code == code and est_inconnu(NATURES[nom], valeur):
                    trouves.setdefault((rang, nom), []).append(k)
            break
    return trouves


def _lus(regles: tuple[Droit, ...], situation: Situation) -> dict[CleFait, Any]:
    """What these laws read of a household."""
    arguments = fiches(situation)
    return {cle: valeur for regle in regles for cle, valeur in lire_avec(regle, *arguments).faits.items()}


@dataclass(frozen=True)
class FoyerConnu:
    """What is known of one file. `avec` gives the same with one more fact; writes nothing.

    `depot`: the month of the claim. `mois`: the one for which the law is run. `annee`: the year of its yearly facts.
    `depuis`: since when what is told now holds, the month of the claim unless the household told more. `zone`: that of
    the address for the housing benefit, if the published list names it.
    """

    dossier: Dossier
    mois: dt.date
    membres: tuple[MembreDuFoyer, ...]
    connus: FaitsConnus
    depot: dt.date
    depuis: dt.date
    annee: int
    zone: str | None = None

    @property
    def enfants(self) -> bool:
        return any(m.enfant for m in self.membres)

    @property
    def couple(self) -> bool:
        return any(m.conjoint for m in self.membres)

    @property
    def enfant_arrive(self) -> bool:
        """A child came to live here in the month of the claim, when the claimant's household was already known."""
        lignes, debut = self.connus.composition, (self.depot - JOUR_ZERO).days
        fin = (decaler(self.depot, 1) - JOUR_ZERO).days
        avant = lignes[(lignes["debut"] < debut) & (lignes["fin"] >= debut)]["personne"].tolist()
        enfants = lignes[(lignes["role"] == ENFANT) & (lignes["debut"] < fin) & (lignes["fin"] >= fin)]["personne"]
        return self.dossier.allocataire_id in avant and not set(enfants.tolist()) <= set(avant)

    @cached_property
    def _lot(self) -> tuple[Situation, tuple[int, ...]]:
        dossiers, foyers, personnes, numeros = construire(self.connus, self.mois)
        if len(dossiers) != 1:
            raise SituationAbsente("Ce dossier n'a pas de demandeur ce mois-ci.")
        return Situation(f"{self.mois:%Y-%m}", foyers, personnes), tuple(int(n) for n in numeros)

    @property
    def situation(self) -> Situation:
        return self._lot[0]

    @property
    def debut_du_trimestre(self) -> dt.date:
        """The month that opens the quarter of rights which the law will read: this one, unless a claim came before."""
        rang = int(self._lot[0].foyer["rang_trimestre"][0])
        return decaler(self.mois, -(max(rang, 0) % TRIMESTRE))

    def avec(self, personne: int | None, nature: str, valeur: int, debut: dt.date, fin: dt.date | None) -> "FoyerConnu":
        return replace(self, connus=self.connus.avec(self.dossier.pk, personne, nature, valeur, debut, fin))

    def moment(self, aide: Aide) -> "FoyerConnu":
        """The same household in the month for which this right is looked at; that of the claim if it can't be."""
        du = aide.moment(self)
        ici = replace(self, annee=du.year - ANNEES_AVANT)
        autre = replace(ici, mois=du)
        return autre if moments.couvert(du) and autre.calculable else ici

    @property
    def calculable(self) -> bool:
        dossiers, _, _, numeros = construire(self.connus, self.mois)
        return len(dossiers) == 1 and set(numeros.tolist()) <= {m.personne.pk for m in self.membres}

    def manques(self, aide: Aide) -> list[Question]:
        """What stops the law of this right for this household, then what nobody ever told it.

        A fact is read for many persons, and stops the law for few: those it stops on are supposed known, one after the
        other, until it gives an amount. What depends on the answers comes after them.
        """
        regles = droits_demandes(aide.droits)
        suppose, demandes = self, Manques()
        for _ in range(FAITS_AU_PLUS):
            situation, numeros = suppose._lot
            nouveaux = suppose._utiles(aide, _arretent(regles, situation), numeros)
            if not nouveaux:
                break
            demandes |= nouveaux
            suppose = suppose._supposes(aide, nouveaux, numeros)
        lues = {(rang, nom) for rang, nom, _ in _lus(regles, situation)}
        for confirmation in aide.a_confirmer:
            for rang in self._rangs(confirmation, numeros):
                cle = (rang, confirmation.fait)
                if cle not in demandes and (not confirmation.lu or cle in lues):
                    demandes[cle] = []
        return [self._question(rang, nom, indices, numeros) for (rang, nom), indices in demandes.items()]

    def si_tout_est_accorde(self, aide: Aide) -> "FoyerConnu":
        """The same as if the body that decides had said yes, for each adult who told that it is asked."""
        foyer = self
        for dit, fait, valeur in aide.accorde:
            for m in self.membres:
                if not m.enfant and self.valeur(m, dit) == 1 and not self.valeur(m, fait):
                    foyer = foyer.avec(m.personne.pk, fait, valeur, self.mois, None)
        return foyer

    def _utiles(self, aide: Aide, nouveaux: Manques, numeros: tuple[int, ...]) -> Manques:
        """Those without which the law stops again: another is read of many, and changes nothing for some."""

        def arrete(cle: tuple[int, str]) -> bool:
            autres = {c: indices for c, indices in nouveaux.items() if c != cle}
            return cle in _arretent(droits_demandes(aide.droits), self._supposes(aide, autres, numeros).situation)

        return nouveaux if len(nouveaux) < 2 else {c: i for c, i in nouveaux.items() if arrete(c)} or nouveaux

    def _supposes(self, aide: Aide, manques: Manques, numeros: tuple[int, ...]) -> "FoyerConnu":
        suppose = self
        for (rang, nom), indices in manques.items():
            qui, valeur = None if rang == DU_FOYER else numeros[rang], dict(aide.suppose).get(nom, 0)
            suppose = suppose._suppose(qui, NATURES[nom], valeur, indices)
        return suppose

    def _suppose(self, qui: int | None, nature: Nature, valeur: int, indices: list[int]) -> "FoyerConnu":
        """The same, with a value given to what was unknown, only to see what is read next."""
        mois = [decaler(self.mois, k - MOIS_FENETRE + 1) for k in indices if k >= 0]
        if not mois:
            return self.avec(qui, nature.nom, valeur, dt.date(self.mois.year - ANNEES_AVANT, 1, 1), None)
        foyer = self
        for m in mois:
            foyer = foyer.avec(qui, nature.nom, valeur, m, decaler(m, 1))
        return foyer

    def _rangs(self, confirmation: AConfirmer, numeros: tuple[int, ...]) -> list[int]:
        """Of whom this fact is asked: it matters, and was never told."""
        nature = NATURES[confirmation.fait]
        if confirmation.de == "foyer":
            utile = confirmation.si(self, None) and (confirmation.encore or not self._enregistre(0, nature))
            return [DU_FOYER] if utile else []
        trouves = []
        for rang, numero in enumerate(numeros):
            membre = self._membre(numero)
            if membre.enfant == (confirmation.de == "enfant") and confirmation.si(self, membre):
                trouves += [rang] if confirmation.encore or not self._enregistre(numero, nature) else []
        return trouves

    def _tenus(self, qui: int, nature: Nature) -> Any:
        """Facts of that kind that hold for the month: on its last day, or the first of their year."""
        annuel = nature.periodicite == "annee"
        a = dt.date(self.annee, 1, 1) if annuel else decaler(self.mois, 1) - dt.timedelta(days=1)
        faits, jour = self.connus.faits, (a - JOUR_ZERO).days
        dit = (faits["personne"] == qui) & (faits["nature"] == nature.code)
        return faits[dit & (faits["debut"] <= jour) & (faits["fin"] > jour)]

    def _enregistre(self, qui: int, nature: Nature) -> bool:
        return len(self._tenus(qui, nature)) > 0

    def valeur(self, membre: MembreDuFoyer | None, nom: str) -> int | None:
        """What is recorded of that kind for the month, as stored; None if nothing is."""
        tenus = self._tenus(0 if membre is None else membre.personne.pk, NATURES[nom])
        return int(tenus["valeur"][-1]) if len(tenus) else None

    def sus(self, aide: Aide) -> list[tuple[str, str]]:
        """(what, in words) the file already holds of what the law of this right reads, monthly amounts apart."""
        situation, numeros = self._lot
        trouves = []
        for (rang, nom, k), valeur in _lus(droits_demandes(aide.droits), situation).items():
            nature = NATURES[nom]
            qui = 0 if rang == DU_FOYER else numeros[rang]
            if k < 0 and nom not in DE_LA_PERSONNE and self._enregistre(qui, nature):
                de = "Foyer" if rang == DU_FOYER else self._membre(qui).nom
                trouves.append((f"{de} : {nature.libelle.lower()}", valeur_de_fait(nature, valeur)))
        return trouves

    def _question(self, rang: int, nom: str, indices: list[int], numeros: tuple[int, ...]) -> Question:
        nature = NATURES[nom]
        lus = [k for k in sorted(indices) if k >= 0 and nom not in TOUJOURS_LE_MEME]
        mois = tuple(decaler(self.mois, k - MOIS_FENETRE + 1) for k in lus)
        membre = None if rang == DU_FOYER else self._membre(numeros[rang])
        qui, personne = ("Votre foyer", None) if membre is None else (membre.nom, membre.personne)
        rang = DU_FOYER if membre is None else self.membres.index(membre)  # the law's own order moves with births
        return Question(
            nature, rang, qui, personne, self._depuis(nature), self.annee, self.depot.year - ANNEES_AVANT,
            self.mois, mois,
            dit=None if mois else self.valeur(membre, nom),
        )  # fmt: skip

    def _depuis(self, nature: Nature) -> dt.date:
        """Since when it holds. What another Caf paid was before any month that this one may pay (L553-1).

        What moves with the months is not told of the past.
        """
        depuis = self.depot if nature.nom in DU_TRIMESTRE else min(self.depuis, self.mois)
        ouvert = self.dossier.ouvert_le
        if nature not in COMPTEURS or ouvert is None:
            return depuis
        return max(premier_jour(ouvert), decaler(self.depot, -MOIS_DE_PRESCRIPTION))

    def _membre(self, personne: int) -> MembreDuFoyer:
        return next(m for m in self.membres if m.personne.pk == personne)


def connaitre(dossier: Dossier, mois: dt.date) -> FoyerConnu:
    """Read the file, its members of the last six months included."""
    maintenant = connaissance.maintenant()
    rattachements = Rattachement.objects.select_related("personne").filter(
        dossier_id=dossier.pk, connu__contains=maintenant, valide__overlap=(decaler(mois, -6), decaler(mois, 1))
    )
    ordre = {"demandeur": 0, "conjoint": 1, "enfant": 2}
    lus = {r.personne_id: r for r in rattachements.order_by("pk")}  # the last stay of each
    membres = tuple(
        MembreDuFoyer(r.personne, r.role, nom_usuel(r.personne), r.personne.date_naissance)
        for r in sorted(lus.values(), key=lambda r: (ordre[r.role], r.personne.date_naissance, r.pk))
    )
    connus = charger_dossier(dossier.pk, maintenant)
    ici = Adresse.objects.filter(dossier_id=dossier.pk, valide__contains=timezone.localdate()).first()
    return FoyerConnu(
        dossier,
        mois,
        membres,
        connus,
        depot=mois,
        depuis=mois,
        annee=mois.year - ANNEES_AVANT,
        zone=zone_de_l_adresse(ici),
    )


def manquants(foyer: FoyerConnu, aides: Collection[Aide], posees: Collection[str]) -> list[Question]:
    """What these rights lack, each fact asked once, but for what was asked before."""
    toutes = {q.cle: q for aide in aides for q in foyer.moment(aide).si_tout_est_accorde(aide).manques(aide)}
    return [q for cle, q in toutes.items() if cle not in posees]

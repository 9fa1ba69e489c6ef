"""A household whose file is open: who is there, what the Caf knows of them, and what the law of a right still lacks."""

import datetime as dt
import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from limpide.dossiers import connaissance, lexique
from limpide.dossiers.models import Dossier, Rattachement
from limpide.dossiers.mois import decaler
from limpide.dossiers.situations import JOUR_ZERO, TRIMESTRE, FaitsConnus, SituationAbsente, charger_dossier, construire
from limpide.droits.calcul import droits_demandes, fiches
from limpide.droits.faits import MOIS_FENETRE, NATURES, Nature
from limpide.droits.francais import valeur_de_fait
from limpide.droits.lectures import CleFait, est_inconnu, lire_avec
from limpide.droits.moteur import Droit
from limpide.droits.situation import Situation
from limpide.identite.models import Personne
from limpide.usagers.dossier import nom_usuel
from limpide.usagers.simulateur.periodes import age
from limpide.usagers.simulateur.precisions import AGE_DE_GROSSESSE

DU_FOYER = -1
"""Rank of the household itself in what the law reads."""
DE_LA_PERSONNE = frozenset({"date_naissance", "garde_alternee", "role"})
"""Held by the civil status and the household, never asked as facts."""
AGE_DU_RSA = 25
FAITS_AU_PLUS = 30
"""Kinds of facts without a default that a law may read, with room."""
A_CONFIRMER = frozenset(
    {"enceinte", "etudiant", "type_conges", "rsa_isolement_recent", "rsa_jeune_condition_heures_travail_remplie"}
)
"""Situations that silence settles for the monthly calculation: a claim asks those that nobody ever told."""


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
    """One fact that the law reads and the file doesn't hold. `mois`: the months asked, none for a state."""

    nature: Nature
    rang: int
    qui: str
    personne: Personne | None
    mois: tuple[dt.date, ...] = ()

    @property
    def cle(self) -> str:
        """Prefix of its fields: a rank in the household, never the number of a person."""
        return f"{'f' if self.rang == DU_FOYER else f'p{self.rang}'}_{self.nature.nom}"


def _arretent(regle: Droit, arguments: Any, lus: dict[CleFait, Any]) -> dict[tuple[int, str], list[int]]:
    """The first kind of fact that this law cannot do without: whose, and in which months of the window."""
    if not math.isnan(regle.montant(*arguments)):
        return {}
    code = int(regle.manque(*arguments))
    trouves: dict[tuple[int, str], list[int]] = {}
    for (rang, nom, k), valeur in lus.items():
        if NATURES[nom].code == code and est_inconnu(NATURES[nom], valeur):
            trouves.setdefault((rang, nom), []).append(k)
    return trouves


@dataclass(frozen=True)
class FoyerConnu:
    """What is known of one file in the month of the claim. `avec` gives the same with one more fact; writes nothing."""

    dossier: Dossier
    mois: dt.date
    membres: tuple[MembreDuFoyer, ...]
    connus: FaitsConnus

    @cached_property
    def _lot(self) -> tuple[Situation, tuple[int, ...]]:
        dossiers, foyers, personnes, numeros = construire(self.connus, self.mois)
        if len(dossiers) != 1:
            raise SituationAbsente("Ce dossier n'a pas de demandeur ce mois-ci.")
        return Situation(f"{self.mois:%Y-%m}", foyers, personnes), tuple(int(n) for n in numeros)

    @property
    def debut_du_trimestre(self) -> dt.date:
        """The month that opens the quarter of rights which the law will read: this one, unless a claim came before."""
        rang = int(self._lot[0].foyer["rang_trimestre"][0])
        return decaler(self.mois, -(max(rang, 0) % TRIMESTRE))

    def avec(self, personne: int | None, nature: str, valeur: int, debut: dt.date, fin: dt.date | None) -> "FoyerConnu":
        return replace(self, connus=self.connus.avec(self.dossier.pk, personne, nature, valeur, debut, fin))

    def manques(self, droit: str) -> list[Question]:
        """What stops the law of this right for this household, then what nobody ever told it.

        A fact is read for many persons, and stops the law for few: those it stops on are supposed known, one after the
        other, until it gives an amount. What depends on the answers comes after them.
        """
        (regle,) = droits_demandes([droit])
        suppose, demandes = self, dict[tuple[int, str], list[int]]()
        for _ in range(FAITS_AU_PLUS):
            situation, numeros = suppose._lot
            arguments = fiches(situation)
            lus = lire_avec(regle, *arguments).faits
            nouveaux = _arretent(regle, arguments, lus)
            if not nouveaux:
                break
            demandes |= nouveaux
            for (rang, nom), indices in nouveaux.items():
                suppose = suppose._suppose(None if rang == DU_FOYER else numeros[rang], NATURES[nom], indices)
        for rang, nom, _ in lus:
            if nom in A_CONFIRMER and (rang, nom) not in demandes and self._a_confirmer(rang, NATURES[nom], numeros):
                demandes[rang, nom] = []
        return [self._question(rang, nom, indices, numeros) for (rang, nom), indices in demandes.items()]

    def _suppose(self, qui: int | None, nature: Nature, indices: list[int]) -> "FoyerConnu":
        """The same, with a value given to what was unknown, only to see what is read next."""
        mois = [decaler(self.mois, k - MOIS_FENETRE + 1) for k in indices if k >= 0]
        if not mois:
            return self.avec(qui, nature.nom, 0, self.mois.replace(year=self.mois.year - 2, month=1), None)
        foyer = self
        for m in mois:
            foyer = foyer.avec(qui, nature.nom, 0, m, decaler(m, 1))
        return foyer

    def _a_confirmer(self, rang: int, nature: Nature, numeros: tuple[int, ...]) -> bool:
        """Never told, of an adult (the Caf's own checks settle a child's silence), and useful to this household."""
        qui = 0 if rang == DU_FOYER else numeros[rang]
        membre = None if rang == DU_FOYER else self._membre(qui)
        if membre is not None and membre.enfant:
            return False
        enfants, couple = any(m.enfant for m in self.membres), any(m.conjoint for m in self.membres)
        ans = 0 if membre is None else age(membre.naissance, f"{self.mois:%Y-%m}")
        utile = {
            "rsa_jeune_condition_heures_travail_remplie": not enfants and ans < AGE_DU_RSA,
            "rsa_isolement_recent": enfants and not couple,
            "enceinte": ans < AGE_DE_GROSSESSE,
        }
        return utile.get(nature.nom, True) and not self._enregistre(qui, nature)

    def _enregistre(self, qui: int, nature: Nature) -> bool:
        """A fact of that kind holds on the last day of the month."""
        faits, jour = self.connus.faits, (decaler(self.mois, 1) - JOUR_ZERO).days - 1
        dit = (faits["personne"] == qui) & (faits["nature"] == nature.code)
        return bool((dit & (faits["debut"] <= jour) & (faits["fin"] > jour)).any())

    def sus(self, droit: str) -> list[tuple[str, str]]:
        """(what, in words) the file already holds of what the law of this right reads, monthly amounts apart."""
        situation, numeros = self._lot
        (regle,) = droits_demandes([droit])
        trouves = []
        for (rang, nom, k), valeur in lire_avec(regle, *fiches(situation)).faits.items():
            nature = NATURES[nom]
            qui = 0 if rang == DU_FOYER else numeros[rang]
            if k < 0 and nom not in DE_LA_PERSONNE and self._enregistre(qui, nature):
                de = "Foyer" if rang == DU_FOYER else self._membre(qui).nom
                trouves.append((f"{de} : {nature.libelle.lower()}", valeur_de_fait(nature, valeur)))
        return trouves

    def _question(self, rang: int, nom: str, indices: list[int], numeros: tuple[int, ...]) -> Question:
        nature = NATURES[nom]
        mois = tuple(decaler(self.mois, k - MOIS_FENETRE + 1) for k in sorted(indices) if k >= 0)
        if rang == DU_FOYER:
            return Question(nature, rang, "Votre foyer", None, mois)
        membre = self._membre(numeros[rang])
        return Question(nature, rang, membre.nom, membre.personne, mois)

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
    return FoyerConnu(dossier, mois, membres, charger_dossier(dossier.pk, maintenant))

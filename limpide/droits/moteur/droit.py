"""A right: its main rules, its place in the order of liquidation, and the reasons it may give."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Motif(IntEnum):
    """Why a right is paid or not. Stored in the database: never renumber."""

    OUVERT = 0
    INCONNU = 1
    AGE = 2
    RESSOURCES = 3
    RESIDENCE = 4
    SEUIL = 5
    NOMBRE_ENFANTS = 6
    ACTIVITE = 7
    SEJOUR = 8
    ETUDIANT = 9
    A_INSTRUIRE = 10
    NON_CUMUL = 11
    HORS_PERIODE = 12
    SCOLARITE = 13
    COUPLE = 14
    SOUTIEN = 15
    A_VENIR = 16
    PENSION_A_FIXER = 17
    SANS_EVENEMENT = 18
    NON_DECLARE = 19
    DUREE_EPUISEE = 33
    ACTIVITE_ANTERIEURE = 34
    NON_DEMANDE = 35
    SANS_DEMANDE = 31
    DECISION = 29
    GROSSESSE_COURTE = 30
    SANS_ACTIVITE = 36
    A_DECLARER = 39
    LOGEMENT = 20
    AUTRE_AIDE = 21
    LOYER = 22
    PROCHE = 23
    PRET = 32
    INCAPACITE = 25
    RESTRICTION = 26
    AUTONOMIE = 27
    SANS_ALLOCATION = 28
    DECISION_ATTENDUE = 37

    @property
    def phrase(self) -> str:
        return _PHRASES[self]


_PHRASES = {
    Motif.OUVERT: "Le droit est ouvert.",
    Motif.INCONNU: "Il manque une information pour calculer ce droit.",
    Motif.AGE: "La condition d'âge n'est pas remplie.",
    Motif.RESSOURCES: "Vos ressources dépassent le montant qui ouvre ce droit.",
    Motif.RESIDENCE: "Ce droit suppose de résider dans un territoire où il s'applique.",
    Motif.SEUIL: "Le montant calculé est trop faible pour être versé.",
    Motif.NOMBRE_ENFANTS: "Le nombre d'enfants à charge n'ouvre pas ce droit.",
    Motif.ACTIVITE: "Aucun revenu d'activité suffisant n'a été perçu pendant les mois pris en compte.",
    Motif.SEJOUR: "La condition de séjour en France n'est pas remplie.",
    Motif.ETUDIANT: "Ce droit n'est pas ouvert aux étudiants, stagiaires ou apprentis dans cette situation.",
    Motif.A_INSTRUIRE: "La loi laisse ici une appréciation : un agent examine votre situation.",
    Motif.NON_CUMUL: "Ce droit ne s'ajoute pas à une autre prestation que reçoit votre foyer.",
    Motif.HORS_PERIODE: "Ce droit ne se calcule pas tous les mois : il n'est pas dû pour celui-ci.",
    Motif.SCOLARITE: "Aucun de vos enfants n'est inscrit dans une école, des études ou un apprentissage à la rentrée.",
    Motif.COUPLE: "Vous vivez en couple : ce droit est celui du parent qui vit seul.",
    Motif.SOUTIEN: "Aucun de vos enfants n'est privé du soutien d'un parent au sens de la loi.",
    Motif.A_VENIR: "Ce droit commence au mois qui suit l'événement ou la demande.",
    Motif.PENSION_A_FIXER: "Après quatre mois, la suite suppose de demander au juge de fixer une pension.",
    Motif.SANS_EVENEMENT: "Ni naissance attendue, ni arrivée d'un enfant adopté : rien n'ouvre ce droit.",
    Motif.INCAPACITE: "Aucun taux d'incapacité reconnu n'ouvre ce droit.",
    Motif.AUTONOMIE: "Ce droit suppose un logement à soi, avec une aide au logement, et aucun revenu du travail.",
    Motif.SANS_ALLOCATION: "Ce droit complète une allocation que votre foyer ne reçoit pas.",
    Motif.DECISION_ATTENDUE: "Votre Caf attend la décision de la MDPH : c'est elle qui ouvre ce droit.",
    Motif.RESTRICTION: "À ce taux, il faut aussi une restriction durable d'accès à l'emploi, reconnue par la MDPH.",
    Motif.NON_DECLARE: "Le versement est suspendu jusqu'à votre déclaration trimestrielle de ressources.",
    Motif.DUREE_EPUISEE: "La durée pendant laquelle ce droit est versé est épuisée.",
    Motif.ACTIVITE_ANTERIEURE: "L'activité exercée avant l'arrivée de l'enfant n'est pas assez longue.",
    Motif.NON_DEMANDE: "Votre foyer n'a pas déclaré la situation qui ouvre ce droit.",
    Motif.SANS_DEMANDE: "L'aide au logement est due à partir du mois de la demande : votre foyer ne l'a pas demandée.",
    Motif.DECISION: "Ce droit suppose une décision ou un accord qui n'a pas été donné.",
    Motif.GROSSESSE_COURTE: "La loi ouvre ce droit à partir de la vingtième semaine de grossesse.",
    Motif.A_DECLARER: "Le mois n'est pas encore déclaré : il est calculé dès qu'il l'est.",
    Motif.SANS_ACTIVITE: "Ce droit suppose de travailler, ou d'être dans une situation que la loi y assimile.",
    Motif.LOGEMENT: "L'aide au logement suppose de payer un loyer ou un prêt pour sa résidence principale.",
    Motif.AUTRE_AIDE: "Pour ce logement et ce foyer, c'est une autre des trois aides au logement qui s'applique.",
    Motif.LOYER: "Votre loyer atteint le montant à partir duquel l'aide au logement est supprimée.",
    Motif.PRET: "Votre prêt a été signé après la date limite : il n'ouvre plus droit à une aide au logement.",
    Motif.PROCHE: "Le logement appartient à votre famille proche ou à vous : il n'ouvre pas droit à l'aide.",
}


@dataclass(frozen=True)
class Droit:
    """One right. Each function receives (foyer, personnes, b), where `b` holds the parameters of the seven months.

    `montant` gives euros, rounded as the law says, before CRDS. NaN: unknown; below zero: computed but not paid, for
    being too small. `motif` also receives the amount and
    gives a `Motif`. `manque` names the first missing fact by its code when the amount is unknown (0: none).
    `possessif` is how a sentence calls it (« Votre RSA », « Vos allocations familiales »).
    `ensemble`, if there is one, gives amount and reason together: batches call it instead of both.
    `crds`, if the right bears it, receives the amount and gives the euros withheld.
    `liquide`: the month liquidates it, decides on it and pays it. False as long as its facts or its claim do not exist
    in the files of the Caf: the right is then computed where it is asked for (simulator, cases, batches, API) only.
    `annuel`: its amount is that of a year, paid once: it is never added to amounts of a month.
    `retenue`: what `crds` withholds for, as the explanation says it.
    `unique`: the same for a sum paid once for an event (a birth, an adoption).
    `discret`: where nobody told what opens it (`NON_DEMANDE`), no page says a word of it.
    `frequent`: most households go through its rules: compiled with the others of that kind, in one pass, merged.
    `nourrit_net`: CRDS withheld, the fact says what is paid. Several rights may give the same fact: it is their sum.
    `nourrit`: the household's fact (« … reçue ») that its amount is, which other rights read: see `droits.ensemble`.
    `part`: where that fact is each adult's, the step of the trace that gives one's own; the household's is the sum.
    """

    code: str
    libelle: str
    ordre: int
    montant: Callable[..., float]
    motif: Callable[..., int]
    manque: Callable[..., int]
    crds: Callable[..., float] | None = None
    ensemble: Callable[..., tuple[float, int]] | None = None
    article: str = "le"
    possessif: str = ""
    liquide: bool = True
    annuel: bool = False
    unique: bool = False
    discret: bool = False
    retenue: str = "le remboursement de la dette sociale (CRDS)"
    nourrit: str = ""
    frequent: bool = False
    nourrit_net: bool = False
    part: str = ""

    @property
    def fonctions(self) -> dict[str, Callable[..., Any]]:
        """The functions of the right by the part they play, those it has."""
        roles = {
            "montant": self.montant,
            "motif": self.motif,
            "manque": self.manque,
            "crds": self.crds,
            "ensemble": self.ensemble,
        }
        return {role: fonction for role, fonction in roles.items() if fonction is not None}

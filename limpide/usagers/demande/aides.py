"""The rights that can be claimed online, each declared once: words, law, what is asked besides what the law lacks.

From here come its pages, its processing, its online service, its place in every list. Adding one is adding an `Aide`.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from limpide.droits.faits import LOGEMENTS
from limpide.usagers.demande import a_confirmer as questions
from limpide.usagers.demande import moments
from limpide.usagers.demande.a_confirmer import AConfirmer

if TYPE_CHECKING:
    from limpide.usagers.demande.foyer_connu import FoyerConnu

SYSTEME_DU_COMPTE = "S39"


@dataclass(frozen=True)
class Aide:
    """One right claimed online. `le`, `du`: as a sentence names it (« le RSA », « de RSA »); `ouvre`: since when due.

    `ressources`: three months of resources are asked. `parent_mineur`: before eighteen, a child born or expected opens
    it. `enfant`: without a child, it isn't claimed; `attendu`: one that is expected counts. `a_confirmer`: what silence
    settles, asked all the same. `moment`: the month for which the law is run. `date_demande`: the fact, of each child
    or of the household, that is the date of the claim. `avec_dossier`: why there is nothing to claim with an open file.
    `d_abord`: told before its questions. `seule`: claimed with no other right. `chaque_mois`: the kind of change by
    which each month is then told. `discrete`: never offered to who did not speak of it first. `avec`: the other rights
    of the same claim, when the law says which one of them is due. `cle`: its name in addresses and processings, if it
    isn't the right's. `encore`: what makes one claim it again while it is received. `suppose`: the value of a fact not
    told yet (0 unless said), to see what is read next.
    `mineur`: before eighteen too, without a child. `accorde`: (fact told, fact, value as stored) that the law is run
    with, to ask what it reads, of each adult of whom the first is told: what another body decides.
    """

    droit: str
    nom: str
    le: str
    du: str
    articles: str
    ouvre: str
    ressources: bool = False
    parent_mineur: bool = True
    enfant: bool = True
    attendu: bool = False
    a_confirmer: tuple[AConfirmer, ...] = questions.SEJOUR
    moment: Callable[["FoyerConnu"], dt.date] = moments.du_mois_ou_du_suivant
    date_demande: str = ""
    avec_dossier: str = ""
    d_abord: str = ""
    seule: bool = False
    chaque_mois: str = ""
    discrete: bool = False
    avec: tuple[str, ...] = ()
    cle: str = ""
    encore: str = ""
    suppose: tuple[tuple[str, int], ...] = ()
    mineur: bool = False
    accorde: tuple[tuple[str, str, int], ...] = ()
    systeme: str = SYSTEME_DU_COMPTE
    intitule: str = ""

    @property
    def droits(self) -> tuple[str, ...]:
        """Codes of the rights that its claim asks for."""
        return (self.droit, *self.avec)

    @property
    def titre(self) -> str:
        return self.intitule or f"Demande {self.du}"

    @property
    def le_majuscule(self) -> str:
        return f"{self.le[0].upper()}{self.le[1:]}"

    @property
    def traitement(self) -> str:
        """The processing, and the online service, under which it is claimed."""
        return f"demande_{self.cle or self.droit}"

    @property
    def chemin(self) -> str:
        return f"demande-{(self.cle or self.droit).replace('_', '-')}/"

    @property
    def ici(self) -> str:
        """Name of the address of its questions."""
        return f"usagers:{self.traitement}"

    @property
    def relire(self) -> str:
        return f"{self.ici}_envoyer"

    @property
    def abandonner(self) -> str:
        return f"{self.ici}_abandonner"

    @property
    def reprendre(self) -> str:
        return f"{self.ici}_reprendre"


MOIS_SUIVANT = (
    "{le} {est} à partir du mois qui suit celui où les conditions sont réunies, même avant la demande (code de la "
    "sécurité sociale, art. R552-2), dans la limite de deux ans (art. L553-1)."
)
RSA = Aide(
    droit="rsa",
    nom="Revenu de solidarité active",
    le="le RSA",
    du="de RSA",
    articles="Code de l'action sociale et des familles, art. L262-16 ; code de la sécurité sociale, art. L114-19",
    ouvre="Le RSA est dû à partir du premier jour du mois de la demande (code de l'action sociale et des familles, "
    "art. L262-18 et R262-33).",
    ressources=True,
    enfant=False,
    a_confirmer=questions.DU_RSA,
    moment=moments.du_mois,
    systeme="S02",
    intitule="Demande de revenu de solidarité active",
)
PPA = Aide(
    droit="ppa",
    nom="Prime d'activité",
    le="la prime d'activité",
    du="de prime d'activité",
    articles="Code de la sécurité sociale, art. L843-1, R846-1 et L114-19",
    ouvre="La prime d'activité est due à partir du premier jour du mois de la demande (code de la sécurité sociale, "
    "art. R846-2).",
    ressources=True,
    parent_mineur=False,
    enfant=False,
    a_confirmer=questions.DU_RSA,
    moment=moments.du_mois,
    systeme="S03",
)
AF = Aide(
    droit="af",
    nom="Allocations familiales",
    le="les allocations familiales",
    du="d'allocations familiales",
    articles="Code de la sécurité sociale, art. L521-1, R552-2 et L114-19",
    ouvre=MOIS_SUIVANT.format(le="Les allocations familiales", est="sont dues"),
    avec_dossier="Rien à demander : votre Caf connaît votre foyer, elle les calcule chaque mois.",
)
CF = Aide(
    droit="cf",
    nom="Complément familial",
    le="le complément familial",
    du="de complément familial",
    articles="Code de la sécurité sociale, art. L522-1, R552-2 et L114-19",
    ouvre=MOIS_SUIVANT.format(le="Le complément familial", est="est dû"),
)
ASF = Aide(
    droit="asf",
    nom="Allocation de soutien familial",
    le="l'allocation de soutien familial",
    du="d'allocation de soutien familial",
    articles="Code de la sécurité sociale, art. L523-1, R552-2 et L114-19",
    ouvre=MOIS_SUIVANT.format(le="L'allocation de soutien familial", est="est due")
    + " Quand l'autre parent ne paie pas ce qu'il doit, elle est due à partir du mois qui suit la demande (art. "
    "R552-2, II, 5°).",
    a_confirmer=questions.DE_L_ASF,
    moment=moments.du_mois,
    date_demande="asf_date_demande",
)
ARS = Aide(
    droit="ars",
    nom="Allocation de rentrée scolaire",
    le="l'allocation de rentrée scolaire",
    du="d'allocation de rentrée scolaire",
    articles="Code de la sécurité sociale, art. L543-1, R543-1 et L114-19",
    ouvre="L'allocation de rentrée scolaire est due une fois par an, pour la rentrée (code de la sécurité sociale, "
    "art. L543-1 et R543-1). Celle d'une rentrée passée se demande dans les deux ans (art. L553-1).",
    a_confirmer=questions.DE_LA_RENTREE,
    moment=moments.de_la_rentree,
)
PAJE_NAISSANCE = Aide(
    droit="paje_naissance",
    nom="Prime à la naissance",
    le="la prime à la naissance",
    du="de prime à la naissance",
    articles="Code de la sécurité sociale, art. L531-2, R531-1 et L114-19",
    ouvre="La prime à la naissance est due une fois, pour le mois qui suit le cinquième mois de grossesse (code de la "
    "sécurité sociale, art. L531-2 et R531-1).",
    attendu=True,
    a_confirmer=questions.DE_LA_NAISSANCE,
    moment=moments.de_l_examen,
)
PAJE_ADOPTION = Aide(
    droit="paje_adoption",
    nom="Prime à l'adoption",
    le="la prime à l'adoption",
    du="de prime à l'adoption",
    articles="Code de la sécurité sociale, art. L531-2, R531-1 et L114-19",
    ouvre="La prime à l'adoption est due une fois, pour le mois où l'enfant arrive au foyer (code de la sécurité "
    "sociale, art. L531-2 et R531-1).",
    a_confirmer=questions.DE_L_ADOPTION,
    moment=moments.de_l_arrivee,
)
PAJE_BASE = Aide(
    droit="paje_base",
    nom="Allocation de base de la Paje",
    le="l'allocation de base de la Paje",
    du="d'allocation de base de la Paje",
    articles="Code de la sécurité sociale, art. L531-3, R552-2 et L114-19",
    ouvre=MOIS_SUIVANT.format(le="L'allocation de base de la Paje", est="est due"),
    a_confirmer=questions.DE_L_ALLOCATION_DE_BASE,
)
AEEH = Aide(
    droit="aeeh",
    nom="Allocation d'éducation de l'enfant handicapé",
    le="l'allocation d'éducation de l'enfant handicapé",
    du="d'allocation d'éducation de l'enfant handicapé",
    articles="Code de la sécurité sociale, art. L541-1, R541-3, R541-7 et L114-19",
    ouvre="L'allocation d'éducation de l'enfant handicapé est due à partir du mois qui suit la demande à la MDPH (code "
    "de la sécurité sociale, art. R541-7), dans la limite de deux ans (art. L553-1).",
    a_confirmer=questions.DE_L_AEEH,
    encore="Un autre enfant, ou une nouvelle décision de la commission ?",
    d_abord="C'est la maison départementale des personnes handicapées (MDPH) qui reçoit la demande et sa commission "
    "qui l'accorde (code de la sécurité sociale, art. R541-3 et L541-2). Ici, vous dites à votre Caf ce qu'elle a "
    "décidé : ayez la décision sous les yeux.",
)
AJPP = Aide(
    droit="ajpp",
    nom="Allocation journalière de présence parentale",
    le="l'allocation journalière de présence parentale",
    du="d'allocation journalière de présence parentale",
    articles="Code de la sécurité sociale, art. L544-1, R544-1 et L114-19",
    ouvre="L'allocation journalière de présence parentale est due à partir du premier jour du mois de la demande (code "
    "de la sécurité sociale, art. R552-2, II, 4°). Chaque mois, vous dites vos jours de congé (art. D544-9).",
    a_confirmer=questions.DE_L_AJPP,
    encore="Un autre enfant malade, ou un renouvellement ?",
    moment=moments.du_mois,
    d_abord="Le certificat médical détaillé s'envoie par courrier, sous pli fermé, au service du contrôle médical "
    "(code de la sécurité sociale, art. R544-1) : ne le photographiez pas ici. Sans réponse de ce service le dernier "
    "jour du deuxième mois qui suit, son avis est favorable (art. R544-3). L'enfant est handicapé ? L'AEEH et la "
    "prestation de compensation se demandent à la MDPH (art. L544-10).",
    seule=True,
    chaque_mois="jours-de-conge",
)
AJPA = Aide(
    droit="ajpa",
    nom="Allocation journalière du proche aidant",
    le="l'allocation journalière du proche aidant",
    du="d'allocation journalière du proche aidant",
    articles="Code de la sécurité sociale, art. L168-8, D168-11 et L114-19",
    ouvre="L'allocation journalière du proche aidant est due pour chaque jour de congé (code de la sécurité sociale, "
    "art. L168-8), dans la limite de deux ans (art. L168-12). Chaque mois, vous dites vos jours (art. D168-11).",
    enfant=False,
    a_confirmer=questions.DE_L_AJPA,
    moment=moments.du_mois,
    seule=True,
    chaque_mois="jours-de-conge",
)
ALLOCATION_DECES = Aide(
    droit="allocation_deces",
    nom="Allocation versée en cas de décès d'un enfant",
    le="l'allocation versée en cas de décès d'un enfant",
    du="d'allocation versée en cas de décès d'un enfant",
    articles="Code de la sécurité sociale, art. L545-1, D545-7, D545-8 et L114-19",
    ouvre="L'allocation est due une seule fois, pour le mois du décès (code de la sécurité sociale, art. L545-1 et "
    "D545-5). Elle se demande dans les deux ans (art. L553-1).",
    enfant=False,
    a_confirmer=questions.DU_DECES_D_UN_ENFANT,
    moment=moments.du_deces,
    d_abord="Nous sommes désolés de votre perte. Cette page demande le moins possible, et vous pouvez vous arrêter à "
    "tout moment. Un travailleur social de votre Caf peut faire cette démarche avec vous.",
    seule=True,
    discrete=True,
)
PAJE_PREPARE = Aide(
    droit="paje_prepare",
    nom="Prestation partagée d'éducation de l'enfant",
    le="la prestation partagée d'éducation de l'enfant",
    du="de prestation partagée d'éducation de l'enfant",
    articles="Code de la sécurité sociale, art. L531-4, R552-2 et L114-19",
    ouvre=MOIS_SUIVANT.format(le="La prestation partagée d'éducation de l'enfant (PreParE)", est="est due")
    + " Pour un seul enfant, ou au taux majoré, elle l'est dès ce mois-là (art. R552-2, II, 1°).",
    a_confirmer=questions.DE_LA_PREPARE,
)
PAJE_CMG = Aide(
    droit="paje_cmg",
    nom="Complément de libre choix du mode de garde",
    le="le complément de libre choix du mode de garde",
    du="de complément de libre choix du mode de garde",
    articles="Code de la sécurité sociale, art. L531-5, L531-6, D531-24, R552-2 et L114-19",
    ouvre="Le complément de libre choix du mode de garde (CMG) est dû à partir du mois qui précède la demande (code de "
    "la sécurité sociale, art. R552-2, II, 2°). La demande dit la garde de ce mois-ci. Les autres mois, celui d'avant "
    "compris, se déclarent ensuite un par un, dans « Déclarer un changement ».",
    a_confirmer=questions.DU_CMG,
    date_demande="cmg_date_demande",
    moment=moments.du_mois,
    chaque_mois="garde",
)
LOGEMENT = Aide(
    droit="apl",
    avec=("alf", "als"),
    cle="aide_logement",
    nom="Aide au logement (APL, ALF ou ALS)",
    le="l'aide au logement",
    du="d'aide au logement",
    articles="Code de la construction et de l'habitation, art. L821-1, L822-2 et R823-10 ; code de la sécurité "
    "sociale, art. L114-19",
    ouvre="L'aide au logement est due à partir du premier jour du mois de la demande ; si vous venez d'entrer dans le "
    "logement, à partir du mois qui suit (code de la construction et de l'habitation, art. R823-10). Une seule des "
    "trois aides s'applique à un logement : APL, ALF ou ALS.",
    enfant=False,
    a_confirmer=questions.DU_LOGEMENT,
    moment=moments.de_l_entree,
    date_demande="date_demande_logement",
    encore="Vous avez changé de logement, ou son loyer a changé ?",
    suppose=(("statut_occupation_logement", LOGEMENTS.index("proprietaire")),),
)
AAH = Aide(
    droit="aah",
    nom="Allocation aux adultes handicapés",
    le="l'allocation aux adultes handicapés",
    du="d'allocation aux adultes handicapés",
    articles="Code de la sécurité sociale, art. L821-1, L821-4, R821-2, R821-7 et L114-19",
    ouvre="L'allocation aux adultes handicapés est due à partir du mois qui suit la demande à la MDPH (code de la "
    "sécurité sociale, art. R821-7), dans la limite de deux ans (art. L821-5). Son complément suit sans demande.",
    enfant=False,
    mineur=True,
    a_confirmer=questions.DE_L_AAH,
    moment=moments.du_mois,
    accorde=(("aah_demandee", "taux_incapacite", 80),),
    d_abord="La demande d'allocation se fait à la maison départementale des personnes handicapées (MDPH) : c'est elle "
    "qui reconnaît le handicap (code de la sécurité sociale, art. L821-4 et R821-2). Ici, vous dites à votre Caf ce "
    "qu'il lui faut pour calculer et payer, et vous lui envoyez la décision de la MDPH quand vous l'avez.",
)
AIDES: tuple[Aide, ...] = (
    RSA, PPA, LOGEMENT, AF, PAJE_NAISSANCE, PAJE_ADOPTION, PAJE_BASE, PAJE_PREPARE, PAJE_CMG, CF, ASF, ARS, AEEH, AJPP,
    AJPA, ALLOCATION_DECES, AAH,
)  # fmt: skip
PAR_DROIT = {droit: aide for aide in AIDES for droit in aide.droits}


def choisies(aide: Aide, aussi: Iterable[str]) -> tuple[Aide, ...]:
    """What one claim asks for: this right, then the others that were ticked with it."""
    if aide.seule:
        return (aide,)
    plus = {PAR_DROIT[code] for code in aussi if code in PAR_DROIT and not PAR_DROIT[code].seule} - {aide}
    return (aide, *(a for a in AIDES if a in plus))

"""A claim with an open file, step after step: the resources of three months, then what the law of the right lacks.

The law itself says what to ask: it is run on what is known and what was answered, until it lacks nothing that was not
already asked. Nothing is stored here.
"""

from dataclasses import dataclass, field

from django.http import QueryDict

from limpide.dossiers.mois import decaler
from limpide.dossiers.trimestres import ADeclarer, echeance
from limpide.usagers.demande.aides import Aide
from limpide.usagers.demande.foyer_connu import FoyerConnu
from limpide.usagers.demande.questions import Declare, PartieQuestions
from limpide.usagers.scellement import Recapitulatif
from limpide.usagers.trimestre import connu
from limpide.usagers.trimestre.envoi import contredit
from limpide.usagers.trimestre.formulaire import Dit, FormulaireTrimestre

RESSOURCES = 0
"""The first step; the questions of the law follow."""
CONNU = "Ce que votre Caf sait déjà de votre foyer"


@dataclass
class Avancee:
    """Where the claim stands. `formulaire`: the step to show, None when everything is answered."""

    etape: int
    formulaire: FormulaireTrimestre | PartieQuestions | None = None
    dits: list[Dit] = field(default_factory=list)
    declares: list[Declare] = field(default_factory=list)
    recapitulatif: Recapitulatif = field(default_factory=list)

    @property
    def fini(self) -> bool:
        return self.formulaire is None

    @property
    def en_erreur(self) -> bool:
        return self.formulaire is not None and self.formulaire.is_bound and bool(self.formulaire.errors)


def trimestre_de(foyer: FoyerConnu) -> ADeclarer:
    """The quarter of the claim, with its three months of resources."""
    debut = foyer.debut_du_trimestre
    return ADeclarer(debut, echeance(debut, foyer.mois), en_retard=False)


def connu_du_foyer(foyer: FoyerConnu, aide: Aide) -> list[tuple[str, str]]:
    """Members, and the facts of the file that the law of this right reads."""
    membres = [(m.nom, m.dit) for m in foyer.membres]
    return membres + foyer.sus(aide.droit)


def avancer(foyer: FoyerConnu, aide: Aide, donnees: QueryDict, soumise: int = -1, visee: int | None = None) -> Avancee:
    """Read what was typed. `soumise`: the last step answered; `visee`: the step to show (None: the first that lacks).

    Stops at the first step that is wrong or was never answered.
    """
    recap: Recapitulatif = [(CONNU, connu_du_foyer(foyer, aide))]
    membres = connu.membres_connus(foyer.dossier, trimestre_de(foyer))
    ressources = FormulaireTrimestre(donnees, membres=membres)
    if visee == RESSOURCES or not ressources.is_valid():
        montre = ressources if soumise >= RESSOURCES else FormulaireTrimestre(membres=membres)
        return Avancee(RESSOURCES, _sans_juger(montre, ressources) if visee == RESSOURCES else montre)
    dits = ressources.dits()
    recap += ressources.recapitulatif()
    for d in dits:
        if not contredit(d):
            foyer = foyer.avec(d.membre.personne.pk, d.nature.nom, d.montant, d.mois, decaler(d.mois, 1))
    declares: list[Declare] = []
    posees: set[str] = set()
    etape = RESSOURCES
    while questions := [q for q in foyer.manques(aide.droit) if q.cle not in posees]:
        etape += 1
        posees |= {q.cle for q in questions}
        reponses = {"questions": questions, "foyer": foyer}
        partie = PartieQuestions(donnees, reponses=reponses)
        if visee == etape or not partie.is_valid():
            montre = partie if etape <= soumise and visee is None else _initiale(partie, donnees)
            return Avancee(etape, montre, dits, declares, recap)
        recap += partie.recapitulatif()
        nouveaux = partie.declares()
        declares += nouveaux
        for d in nouveaux:
            qui = None if d.personne is None else d.personne.pk
            foyer = foyer.avec(qui, d.nature.nom, d.valeur, d.valide.lower, d.valide.upper)
    return Avancee(etape + 1, None, dits, declares, recap)


def _initiale(partie: PartieQuestions, donnees: QueryDict) -> PartieQuestions:
    """The same part with what was typed, not judged yet."""
    tapees = {nom: c.widget.value_from_datadict(donnees, {}, nom) for nom, c in partie.fields.items()}
    return PartieQuestions(initial=tapees, reponses=partie.reponses)


def _sans_juger(montre: FormulaireTrimestre, lu: FormulaireTrimestre) -> FormulaireTrimestre:
    """The resources as they were typed, to correct them."""
    return lu if lu.is_valid() else montre

"""A claim with an open file, step after step: what is claimed, or three months of resources; then what the law lacks.

The law itself says what to ask: it is run on what is known and what was answered, until it lacks nothing that was not
already asked. Nothing is stored here.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.http import QueryDict

from limpide.dossiers.mois import decaler
from limpide.dossiers.trimestres import ADeclarer, echeance
from limpide.usagers.demande.aides import Aide, choisies
from limpide.usagers.demande.declares import Declare, appliquer, dater, de_la_demande
from limpide.usagers.demande.formulaires import FormulaireChoix
from limpide.usagers.demande.foyer_connu import FoyerConnu, manquants
from limpide.usagers.demande.questions import PartieQuestions
from limpide.usagers.scellement import Recapitulatif
from limpide.usagers.trimestre import connu
from limpide.usagers.trimestre.envoi import contredit
from limpide.usagers.trimestre.formulaire import Dit, FormulaireTrimestre

RESSOURCES = 0
"""The first step, the resources or the choice of rights; the questions of the law follow."""
CONNU = "Ce que votre Caf sait déjà de votre foyer"


def titre_de(aide: Aide, etape: int) -> str:
    """What a step is called."""
    if etape != RESSOURCES:
        return "Ce que votre Caf ne sait pas encore"
    return "Les ressources de trois mois" if aide.ressources else "Ce que vous demandez"


@dataclass
class Avancee:
    """Where the claim stands. `formulaire`: the step to show, None when everything is answered."""

    etape: int
    formulaire: FormulaireTrimestre | FormulaireChoix | PartieQuestions | None = None
    aides: tuple[Aide, ...] = ()
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


def connu_du_foyer(foyer: FoyerConnu, aides: Collection[Aide]) -> list[tuple[str, str]]:
    """Members, and the facts of the file that the law of these rights reads."""
    membres = [(m.nom, m.dit) for m in foyer.membres]
    sus = [su for aide in aides for su in foyer.moment(aide).sus(aide)]
    return membres + list(dict.fromkeys(sus))


def avancer(
    foyer: FoyerConnu, aide: Aide, donnees: QueryDict, soumise: int = -1, visee: int | None = None,
    offertes: Collection[Aide] = (),
) -> Avancee:  # fmt: skip
    """Read what was typed. `soumise`: the last step answered; `visee`: the step to show (None: the first that lacks).

    `offertes`: rights that may be claimed with this one. Stops at the first step that is wrong or was never answered.
    """
    debut = _des_ressources if aide.ressources else _du_choix
    ou, foyer = debut(foyer, aide, donnees, soumise, visee, offertes)
    return ou if ou.formulaire is not None else _des_questions(foyer, ou, donnees, soumise, visee)


def _des_ressources(
    foyer: FoyerConnu, aide: Aide, donnees: QueryDict, soumise: int, visee: int | None, offertes: Collection[Aide]
) -> tuple[Avancee, FoyerConnu]:
    """Three months of what was received, which the household is then supposed to have."""
    recap: Recapitulatif = [(CONNU, connu_du_foyer(foyer, [aide]))]
    membres = connu.membres_connus(foyer.dossier, trimestre_de(foyer))
    ressources = FormulaireTrimestre(donnees, membres=membres)
    if visee == RESSOURCES or not ressources.is_valid():
        montre = ressources if soumise >= RESSOURCES else FormulaireTrimestre(membres=membres)
        return Avancee(RESSOURCES, _sans_juger(montre, ressources) if visee == RESSOURCES else montre, (aide,)), foyer
    dits = ressources.dits()
    recap += ressources.recapitulatif()
    for d in dits:
        if not contredit(d):
            foyer = foyer.avec(d.membre.personne.pk, d.nature.nom, d.montant, d.mois, decaler(d.mois, 1))
    return Avancee(RESSOURCES, None, (aide,), dits, [], recap), foyer


def _du_choix(
    foyer: FoyerConnu, aide: Aide, donnees: QueryDict, soumise: int, visee: int | None, offertes: Collection[Aide]
) -> tuple[Avancee, FoyerConnu]:
    """Which other rights are claimed with this one; the household is then one that claims them today."""
    vu = "choix" in donnees
    choix = FormulaireChoix(donnees if vu else None, offertes=offertes)
    if visee == RESSOURCES or not vu or not choix.is_valid():
        return Avancee(RESSOURCES, choix, (aide,)), foyer
    aides = choisies(aide, choix.cleaned_data["aussi"])
    recap: Recapitulatif = [("Ce que je demande", [(a.nom, "Demandé") for a in aides]),
                            (CONNU, connu_du_foyer(foyer, aides))]  # fmt: skip
    declares = de_la_demande(foyer, aides)
    return Avancee(RESSOURCES, None, aides, [], declares, recap), appliquer(foyer, declares)


def _des_questions(foyer: FoyerConnu, debut: Avancee, donnees: QueryDict, soumise: int, visee: int | None) -> Avancee:
    """The law is run again after each step, on what was told since."""
    declares, recap = list(debut.declares), list(debut.recapitulatif)
    posees: set[str] = set()
    etape, sans_reponse = RESSOURCES, foyer
    while questions := manquants(foyer, debut.aides, posees):
        etape += 1
        posees |= {q.cle for q in questions}
        reponses = {"questions": questions}
        partie = PartieQuestions(donnees, reponses=reponses)
        jamais_vue = not any(nom in donnees for nom in partie.fields)  # nothing of it has to be answered
        if visee == etape or jamais_vue or not partie.is_valid():
            montre = partie if etape <= soumise and visee is None and not jamais_vue else _initiale(partie, donnees)
            return Avancee(etape, montre, debut.aides, debut.dits, declares, recap)
        recap += partie.recapitulatif()
        declares = dater([*declares, *partie.declares()], foyer.depot)
        foyer = appliquer(sans_reponse, declares)
    return Avancee(etape + 1, None, debut.aides, debut.dits, declares, _reunir(recap))


def _reunir(recap: Recapitulatif) -> Recapitulatif:
    """One title for each person, whatever the steps that asked of them."""
    parties: dict[str, list[tuple[str, str]]] = {}
    for titre, lignes in recap:
        parties.setdefault(titre, []).extend(lignes)
    return list(parties.items())


def _initiale(partie: PartieQuestions, donnees: QueryDict) -> PartieQuestions:
    """The same part with what was typed, not judged yet."""
    tapees = {nom: c.widget.value_from_datadict(donnees, {}, nom) for nom, c in partie.fields.items() if nom in donnees}
    return PartieQuestions(initial=tapees, reponses=partie.reponses)


def _sans_juger(montre: FormulaireTrimestre, lu: FormulaireTrimestre) -> FormulaireTrimestre:
    """The resources as they were typed, to correct them."""
    return lu if lu.is_valid() else montre

"""What only some households are asked, if a box is ticked: an adopted child, a disabled one (`conges`: leaves, losses).

Nobody who ticked nothing reads a word of it, and a right that was not asked about is not shown.
"""

import datetime as dt
from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampDate
from limpide.droits.calcul import Resultat
from limpide.droits.faits import MOIS_FENETRE
from limpide.droits.faits_enfants import ACCUEILS_AEEH
from limpide.droits.moteur import Motif
from limpide.droits.situation import Situation
from limpide.usagers.simulateur.conges import demander_la_perte, demander_les_conges, dite
from limpide.usagers.simulateur.formulaires import (
    JE_NE_SAIS_PAS,
    NSP,
    OUI_NON,
    Choix,
    Partie,
    PartieFoyer,
    PartiePersonnes,
    Reponses,
    Section,
)
from limpide.usagers.simulateur.periodes import INDICE_DU_MOIS, decaler, mois_proposes
from limpide.usagers.simulateur.precisions import PartiePrecisions

OUI = "oui"
ADOPTION = "adoption"
SITUATIONS = [
    (ADOPTION, "Un enfant adopté, ou confié en vue d'adoption"),
    ("handicap", "Un enfant handicapé"),
    ("presence", "Un congé auprès d'un enfant gravement malade, handicapé ou accidenté"),
    ("aidant", "Un congé pour aider un proche handicapé ou en perte d'autonomie"),
    ("deuil", "La perte d'un enfant, ou d'une grossesse"),
    ("loyer", "Vous payez un loyer, un foyer ou un prêt et voulez estimer l'aide au logement"),
]
TAUX_DITS = [("80", "80 % ou plus"), ("50", "De 50 % à 79 %"), ("0", "Moins de 50 %"), JE_NE_SAIS_PAS]
ACCUEILS_DITS = (
    "À la maison et à l'école, sans accompagnement spécialisé",
    "Établissement ou service spécialisé, dispositif adapté (aide humaine, matériel…) ou soins décidés par la MDPH",
    "Internat ou hôpital depuis plus de deux mois, entièrement pris en charge",
)
CATEGORIES = [("0", "Aucun complément"), *((str(n), f"Catégorie {n}") for n in range(1, 7)), JE_NE_SAIS_PAS]
SANS_ADOPTION = "Aucun enfant n'est supposé adopté, sauf si vous cochez l'adoption à la première étape."
SANS_DEMANDE = {
    "aeeh": Motif.DECISION.name,
    "ajpp": Motif.NON_DEMANDE.name,
    "ajpa": Motif.NON_DEMANDE.name,
    "allocation_deces": Motif.NON_DEMANDE.name,
}
"""Rights that are not shown when this is their reason and nobody asked about them."""


class FoyerSimule(PartieFoyer):
    def composer(self, reponses: Reponses) -> None:
        super().composer(reponses)
        self.fields["situations"] = forms.MultipleChoiceField(
            label="L'une de ces situations est-elle la vôtre ?",
            help_text="Facultatif. Cochez seulement ce qui vous concerne : la suite des questions en dépend.",
            choices=SITUATIONS,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.sections.append(Section("", ("situations",)))


class PersonnesSimulees(PartiePersonnes):
    def composer(self, reponses: Reponses) -> None:
        super().composer(reponses)
        if dite(reponses, ADOPTION):
            for prefixe, nom in self.enfants:
                demander_l_adoption(self, prefixe, nom)
        if dite(reponses, "handicap"):
            for prefixe, nom in self.enfants:
                champ = f"{prefixe}_aeeh_accordee"
                self.fields[champ] = Choix(
                    "La maison du handicap (MDPH) a-t-elle accordé l'AEEH pour cet enfant ?",
                    [*OUI_NON, JE_NE_SAIS_PAS],
                    en_ligne=True,
                    help_text="L'allocation d'éducation de l'enfant handicapé, notée sur la décision de la commission.",
                )
                self.sections.append(Section(f"{nom} : handicap", (champ,)))

    def clean(self) -> Reponses:
        donnees = super().clean()
        for prefixe, _ in self.enfants:
            naissance, arrivee = (donnees.get(f"{prefixe}_{nom}") for nom in ("date_naissance", "date_adoption"))
            if naissance and arrivee and arrivee < naissance:
                self.add_error(f"{prefixe}_date_adoption", "Cette date est avant sa naissance. Vérifiez les deux.")
        return donnees


class PrecisionsSimulees(PartiePrecisions):
    def composer(self, reponses: Reponses) -> None:
        super().composer(reponses)
        for prefixe, nom in self.enfants:
            if reponses.get(f"{prefixe}_aeeh_accordee") == OUI:
                demander_la_decision(self, prefixe, nom)
        demander_les_conges(self)
        if dite(reponses, "deuil"):
            demander_la_perte(self)


def demander_l_adoption(partie: Partie, prefixe: str, nom: str) -> None:
    """Whether this child was adopted and since when it is here: the law counts from that day (L531-2, R531-1)."""
    champs: dict[str, forms.Field] = {
        f"{prefixe}_adoption": Choix(
            "Est-il ou elle adopté, ou confié en vue d'adoption ?", [*OUI_NON, JE_NE_SAIS_PAS], en_ligne=True
        ),
        f"{prefixe}_date_adoption": ChampDate(
            label="Si oui, date de son arrivée chez vous",
            help_text="Format attendu : JJ/MM/AAAA. Laissez vide si vous ne savez pas.",
            required=False,
        ),
    }
    partie.fields |= champs
    partie.sections.append(Section(f"{nom} : adoption", tuple(champs)))


def faits_de_l_adoption(prefixe: str, reponses: Reponses) -> dict[str, Any]:
    """Facts of an adopted child, if they were asked."""
    reponse = reponses.get(f"{prefixe}_adoption")
    if reponse is None:
        return {}
    arrivee = reponses.get(f"{prefixe}_date_adoption") if reponse == OUI else None
    return {ADOPTION: _oui_non(reponse), "date_adoption": arrivee}


def presence_de_l_adopte(prefixe: str, reponses: Reponses) -> list[bool] | None:
    """Month by month of the window, whether the child had arrived; None: all along, or nobody knows since when."""
    arrivee = faits_de_l_adoption(prefixe, reponses).get("date_adoption")
    if arrivee is None:
        return None
    mois = [decaler(reponses["mois"], rang - INDICE_DU_MOIS) for rang in range(MOIS_FENETRE)]
    return [arrivee.isoformat()[:7] <= m for m in mois]


def _arrivees(reponses: Reponses) -> list[str]:
    """The months in which the children came, born or adopted."""
    jours = [
        faits_de_l_adoption(f"e{i}", reponses).get("date_adoption") or reponses[f"e{i}_date_naissance"]
        for i in range(reponses["nombre_enfants"])
    ]
    return [jour.isoformat()[:7] for jour in jours]


def apres_l_arrivee(reponses: Reponses) -> str:
    """The month after the one asked, if a child came in it: its monthly rights begin then (CSS R552-2)."""
    suivant = decaler(reponses["mois"], 1)
    return suivant if reponses["mois"] in _arrivees(reponses) and suivant in mois_proposes() else ""


def demander_la_decision(partie: Partie, prefixe: str, nom: str) -> None:
    """What the commission's decision says, and what the family chose."""
    champs: dict[str, forms.Field] = {
        "taux_incapacite": Choix("Taux d'incapacité reconnu", TAUX_DITS),
        "aeeh_accueil": Choix("Comment est-il ou elle accompagné ?", [*accueils(), JE_NE_SAIS_PAS]),
        "aeeh_niveau_handicap": forms.ChoiceField(label="Complément accordé", choices=CATEGORIES),
    }
    if partie.reponses.get("couple") == "non":
        champs["aeeh_tierce_personne"] = Choix(
            "Le complément est-il accordé parce que vous travaillez moins, ou pour payer une personne ?",
            [(OUI, "Oui"), ("non", "Non, pour des dépenses, ou il n'y en a pas"), JE_NE_SAIS_PAS],
        )
    champs["pch_au_lieu_du_complement"] = Choix(
        "Avez-vous choisi la prestation de compensation (PCH) à la place du complément ?",
        [*OUI_NON, JE_NE_SAIS_PAS],
        en_ligne=True,
    )
    champs["aeeh_date_demande"] = ChampDate(
        label="Date de la demande à la maison du handicap",
        help_text="Format attendu : JJ/MM/AAAA. Laissez vide si elle date d'avant ce mois.",
        future=False,
        required=False,
    )
    if partie.reponses.get(f"{prefixe}_garde_alternee") == OUI and f"{prefixe}_allocataire_unique" not in partie.fields:
        champs["allocataire_unique"] = Choix(
            "Êtes-vous le parent désigné pour recevoir ses prestations ?",
            [*OUI_NON, JE_NE_SAIS_PAS],
            en_ligne=True,
            help_text="L'AEEH ne se partage pas : un seul des deux parents la reçoit.",
        )
    partie.fields |= {f"{prefixe}_{champ}": question for champ, question in champs.items()}
    partie.sections.append(Section(f"{nom} : décision de la MDPH", tuple(f"{prefixe}_{champ}" for champ in champs)))


def accueils() -> list[tuple[str, str]]:
    """Where the child is looked after, in plain words."""
    return list(zip(ACCUEILS_AEEH, ACCUEILS_DITS, strict=True))


def faits_de_la_decision(prefixe: str, reponses: Reponses) -> dict[str, Any]:
    """Facts of a disabled child, those that were asked."""
    accordee = reponses.get(f"{prefixe}_aeeh_accordee")
    if accordee is None:
        return {}
    faits: dict[str, Any] = {"aeeh_accordee": _oui_non(accordee)}
    if accordee != OUI:
        return faits
    for nom in ("taux_incapacite", "aeeh_niveau_handicap"):
        reponse = reponses[f"{prefixe}_{nom}"]
        faits[nom] = None if reponse == NSP else int(reponse)
    accueil = reponses[f"{prefixe}_aeeh_accueil"]
    faits["aeeh_accueil"] = None if accueil == NSP else accueil
    for nom in ("aeeh_tierce_personne", "pch_au_lieu_du_complement"):
        if f"{prefixe}_{nom}" in reponses:
            faits[nom] = _oui_non(reponses[f"{prefixe}_{nom}"])
    faits["aeeh_date_demande"] = reponses.get(f"{prefixe}_aeeh_date_demande") or veille(reponses["mois"])
    return faits


def _oui_non(reponse: str) -> bool | None:
    return None if reponse == NSP else reponse == OUI


def veille(mois: str) -> dt.date:
    """Last day of the month before: the claim that makes the month simulated the first one due."""
    return dt.date.fromisoformat(f"{mois}-01") - dt.timedelta(days=1)


def a_montrer(resultat: Resultat, situation: Situation) -> bool:
    """False for a right about which nothing was told: its refusal would only worry."""
    if resultat.motif != SANS_DEMANDE.get(resultat.droit):
        return True
    return resultat.droit == "aeeh" and bool((situation.personnes["taux_incapacite"] > 0).any())


def suppositions_de_l_enfance(reponses: Reponses) -> list[str]:
    """What was taken for granted about adoption and disability."""
    texte = [] if dite(reponses, ADOPTION) or not reponses["nombre_enfants"] else [SANS_ADOPTION]
    texte += ["Un adulte dont le taux d'incapacité n'est pas dit est supposé n'en avoir aucun."]
    if not dite(reponses, "handicap"):
        texte.append("Aucun enfant n'en a, sauf si vous cochez le handicap à la première étape.")
    accordes = [i for i in range(reponses["nombre_enfants"]) if reponses.get(f"e{i}_aeeh_accordee") == OUI]
    if any(not reponses.get(f"e{i}_aeeh_date_demande") for i in accordes):
        texte.append("L'AEEH est supposée demandée avant le mois choisi.")
    if any(venu >= decaler(reponses["mois"], -INDICE_DU_MOIS) for venu in _arrivees(reponses)):
        texte.append(
            "Ce que verse la Caf pour un enfant arrivé depuis peu est compté à partir du mois qui suit son arrivée."
        )
    return texte

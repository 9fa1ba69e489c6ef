"""What the PreParE and the CMG ask of the parents of a young child, and the facts that the answers give."""

from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampDate, ChampEuros
from limpide.droits.bareme import lire_mois, parametres
from limpide.droits.faits import NATURES
from limpide.usagers.simulateur.formulaires import (
    JE_NE_SAIS_PAS,
    NSP,
    Partie,
    Reponses,
    Section,
    age_de,
    moins_de_trois_ans,
)

NON_DEMANDEE = "non_demandee"


def demander_l_arret(partie: Partie, prefixe: str, nom: str) -> None:
    """Whether this adult stops working, or works less, for a child under three; what follows is asked beside."""
    if not any(moins_de_trois_ans(partie.reponses, enfant) for enfant, _ in partie.enfants):
        return
    choix = NATURES["prepare_choix"]
    vous = nom == "Vous"
    partie.fields[f"{prefixe}_prepare_choix"] = forms.ChoiceField(
        label="Demandez-vous la prestation partagée d'éducation de l'enfant (PreParE) ?"
        if vous
        else "Demande-t-il ou elle la prestation partagée d'éducation de l'enfant (PreParE) ?",
        choices=[
            (NON_DEMANDEE, "Non"),
            *((v, f"Oui, {t}") for v, t in list(zip(choix.valeurs, choix.libelles_valeurs, strict=True))[1:]),
            JE_NE_SAIS_PAS,
        ],
        required=False,
        help_text="Pour le parent qui arrête de travailler, ou travaille moins, pour élever un jeune enfant.",
    )
    partie.fields[f"{prefixe}_prepare_depuis"] = ChampDate(
        label="Si oui, date de l'arrêt ou de la réduction d'activité",
        help_text="Format attendu : JJ/MM/AAAA. Laissez vide si vous ne savez pas.",
        future=False,
        required=False,
    )
    partie.fields[f"{prefixe}_prepare_trimestres"] = _nombre(
        "Si oui, trimestres de travail avant l'enfant",
        "Sur 2 ans pour un premier enfant, 4 ans pour un deuxième, 5 ans ensuite. Laissez vide si vous ne savez pas.",
    )
    partie.fields[f"{prefixe}_prepare_mois_indemnises"] = _nombre(
        "Si oui, mois de congé de maternité ou d'adoption payés après son arrivée",
        "Écrivez 0 s'il n'y en a pas. Laissez vide si vous ne savez pas.",
    )


def _nombre(label: str, aide: str, maximum: int = 60) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=aide,
        required=False,
        min_value=0,
        max_value=maximum,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Écrivez un nombre entier, par exemple 8."},
    )


def faits_de_l_arret(prefixe: str, reponses: Reponses) -> dict[str, Any]:
    """Facts of an adult; nothing is said where nothing was asked, or where the benefit is not claimed."""
    choix = reponses.get(f"{prefixe}_prepare_choix") or NON_DEMANDEE
    if choix == NON_DEMANDEE:
        return {}
    details = ("prepare_depuis", "prepare_trimestres", "prepare_mois_indemnises")
    return {"prepare_choix": None if choix == NSP else choix} | {
        nom: reponses.get(f"{prefixe}_{nom}") for nom in details
    }


def arret_demande(reponses: Reponses) -> bool:
    """Somebody asks for the PreParE."""
    return any(faits_de_l_arret(prefixe, reponses) for prefixe in ("a0", "a1"))


AGE_GARDE, AGE_GARDE_SEUL = 6, 12
"""Ages under which care is asked of: the child of a couple, of a parent alone."""
HEURES_D_UN_MOIS = 744
AUCUN, AUCUNE = "aucun", "aucune"


def demander_la_garde(partie: Partie) -> None:
    """How each young child is looked after, how long and for how much; then at home."""
    limite = AGE_GARDE_SEUL if partie.reponses.get("couple") == "non" else AGE_GARDE
    mois = partie.reponses.get("mois", "")
    jeunes = [(e, nom) for e, nom in partie.enfants if age_de(partie.reponses, e, mois) <= limite]
    for prefixe, nom in jeunes:
        _garde(partie, prefixe, f"{nom} : garde", "mode_garde", "garde", "Qui garde cet enfant contre paiement ?")
    if jeunes:
        question = "Quelqu'un garde-t-il vos enfants chez vous contre paiement ?"
        _garde(partie, "f", "Garde chez vous", "garde_domicile", "garde_domicile", question)
        _avant_la_reforme(partie, jeunes)


def _garde(partie: Partie, prefixe: str, titre: str, mode: str, racine: str, question: str) -> None:
    nature = NATURES[mode]
    choix = zip(nature.valeurs, (t[0].upper() + t[1:] for t in nature.libelles_valeurs), strict=True)
    champs: dict[str, Any] = {
        f"{prefixe}_{mode}": forms.ChoiceField(label=question, choices=[*choix, JE_NE_SAIS_PAS], required=False),
        f"{prefixe}_{racine}_heures": _nombre(
            "Si oui, heures payées dans le mois", "Laissez vide si vous ne savez pas.", HEURES_D_UN_MOIS
        ),
        f"{prefixe}_{racine}_cout": ChampEuros(
            label="Si oui, dépense du mois, en euros",
            help_text="Salaire net, entretien et repas, ou facture de la structure ; sans les cotisations.",
            required=False,
        ),
        f"{prefixe}_{racine}_cotisations": ChampEuros(
            label="Si vous êtes l'employeur, cotisations sociales du mois",
            help_text="Facultatif. Écrites par Pajemploi : la Caf les paie à l'Urssaf, en plus de ce que vous recevez.",
            required=False,
        ),
    }
    partie.fields |= champs
    partie.sections.append(Section(titre, tuple(champs), repliee=True))


def faits_de_garde(prefixe: str, reponses: Reponses) -> dict[str, Any]:
    """Facts of a child, or of the household (`f`)."""
    mode, racine = ("garde_domicile", "garde_domicile") if prefixe == "f" else ("mode_garde", "garde")
    choix = reponses.get(f"{prefixe}_{mode}")
    if choix in (None, "", AUCUN, AUCUNE):
        return {}
    cout, cotisations = (reponses.get(f"{prefixe}_{racine}_{quoi}") for quoi in ("cout", "cotisations"))
    return {
        mode: None if choix == NSP else choix,
        f"{racine}_heures": reponses.get(f"{prefixe}_{racine}_heures"),
        f"{racine}_cout": None if cout is None else cout / 100,
        f"{racine}_cotisations": None if cotisations is None else cotisations / 100,
    }


RECU, FIXE = "f_cmg_2025", "f_cmg_differentiel"


def depuis_la_reforme(mois: str) -> int:
    """Below zero before the reform of September 2025, 0 in its month, above later."""
    lu, reforme = lire_mois(mois), parametres()["cmg_differentiel_mois"].valeurs[0].debut
    return (lu > reforme) - (lu < reforme)


def _avant_la_reforme(partie: Partie, jeunes: list[tuple[str, str]]) -> None:
    """The spring of 2025, which opens the complément transitoire in September; later, what was fixed then."""
    rang = depuis_la_reforme(partie.reponses["mois"])
    if rang < 0:
        return
    champs: dict[str, Any] = {}
    if rang > 0:
        champs[FIXE] = ChampEuros(
            label="Complément transitoire fixé par mois en septembre 2025, en euros",
            help_text="Facultatif. Écrit par Pajemploi aux familles à qui la réforme de septembre 2025 donnait moins.",
            required=False,
        )
    else:
        champs[RECU] = ChampEuros(
            label="Complément reçu pour mars, avril et mai 2025, en tout, en euros",
            help_text="Facultatif. Sans les cotisations : pour savoir si la réforme de septembre 2025 est compensée.",
            required=False,
        )
        sujets = [(f"{prefixe}_garde_2025", nom) for prefixe, nom in jeunes]
        for racine, nom in [*sujets, ("f_garde_domicile_2025", "Chez vous")]:
            champs[f"{racine}_heures"] = _nombre(
                f"{nom} : heures payées à la personne que vous employiez, de mars à mai 2025",
                "Laissez vide s'il n'y en a pas.", 3 * HEURES_D_UN_MOIS,
            )  # fmt: skip
            champs[f"{racine}_cout"] = ChampEuros(
                label=f"{nom} : dépense pour ces heures, en euros",
                help_text="Salaire net, entretien et repas ; sans les cotisations.",
                required=False,
            )
    partie.fields |= champs
    partie.sections.append(Section("Avant la réforme de septembre 2025", tuple(champs), repliee=True))


def faits_d_avant_la_reforme(prefixe: str, reponses: Reponses) -> dict[str, Any]:
    """What was said of the spring of 2025, of a child or of the household (`f`); nothing where nothing was said."""
    racine = "garde_domicile_2025" if prefixe == "f" else "garde_2025"
    heures, cout = (reponses.get(f"{prefixe}_{racine}_{quoi}") for quoi in ("heures", "cout"))
    faits: dict[str, Any] = {} if heures is None else {f"{racine}_heures": heures}
    montants = {f"{racine}_cout": cout} | (
        {"cmg_2025": reponses.get(RECU), "cmg_differentiel": reponses.get(FIXE)} if prefixe == "f" else {}
    )
    return faits | {nom: montant / 100 for nom, montant in montants.items() if montant is not None}


def garde_dite(reponses: Reponses) -> bool:
    """Somebody is paid to look after a child: the yearly income then matters."""
    prefixes = ("f", *(f"e{i}" for i in range(reponses.get("nombre_enfants") or 0)))
    return any(faits_de_garde(prefixe, reponses) for prefixe in prefixes)

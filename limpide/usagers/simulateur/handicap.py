"""What the allocation aux adultes handicapés asks of who says a rate of incapacity, and the facts the answers give."""

from typing import Any

from limpide.dossiers.formulaires import ChampDate, ChampEuros
from limpide.droits.faits import NATURES
from limpide.usagers.simulateur.formulaires import (
    JE_NE_SAIS_PAS,
    NSP,
    OUI_NON,
    CaseNsp,
    Choix,
    Partie,
    Reponses,
    Section,
    age_de,
)

AVEC_RESTRICTION = "50"
CHACUN_SES_REVENUS = "2023-10"
"""First month from which the partner's income counts only for who kept the former reckoning."""
VINGT_ANS = 20
"""Age under which the allowance is for who is no more in charge of parents."""
ESAT = "aah_base_ressources_activite_milieu_protege"
REVENUS_N2 = {
    "aah_activite_n2": "Revenus du travail, nets de frais",
    "aah_pensions_n2": "Pensions de retraite ou d'invalidité, pensions alimentaires",
    "aah_autres_revenus_n2": "Chômage, placements et autres revenus",
}
DETAILS_ESAT = {
    "esat_part_etablissement": "Part payée par l'Esat lui-même, par mois",
    "esat_aide_au_poste": "Aide au poste, par mois",
    "esat_remuneration_garantie_n2": "Rémunération garantie de {annee}, si vous y étiez toute l'année (0 sinon)",
}


def handicap_dit(prefixe: str, reponses: Reponses) -> bool:
    """A rate that may open the right was answered."""
    return reponses.get(f"{prefixe}_taux_incapacite") in {AVEC_RESTRICTION, "80"}


def demander_le_handicap(partie: Partie, prefixe: str, nom: str, mois: str) -> None:
    """The decisions and the circumstances that the allowance reads."""
    reponses = partie.reponses
    if not handicap_dit(prefixe, reponses):
        return
    vous = nom == "Vous"
    questions: dict[str, tuple[str, str]] = {}
    if reponses[f"{prefixe}_taux_incapacite"] == AVEC_RESTRICTION:
        questions["aah_restriction_substantielle_durable_acces_emploi"] = (
            "La MDPH a-t-elle reconnu une restriction substantielle et durable d'accès à l'emploi ?",
            "C'est écrit sur sa décision.",
        )
    if reponses.get(f"{prefixe}_date_naissance") and age_de(reponses, prefixe, mois) <= VINGT_ANS:
        questions["a_charge_de_ses_parents"] = (
            "Êtes-vous à la charge de vos parents pour leurs allocations familiales ?"
            if vous
            else "Est-il ou elle à la charge de ses parents pour leurs allocations familiales ?",
            "Jusqu'au mois des 20 ans.",
        )
    if reponses.get("couple") == "oui" and mois >= CHACUN_SES_REVENUS:
        questions["aah_conjugalise_eligible"] = (
            "L'allocation aux adultes handicapés est-elle restée calculée avec les revenus du couple ?",
            "Seulement si elle est versée sans interruption depuis septembre 2023 et que c'est plus favorable.",
        )
    if reponses.get(f"{prefixe}_activite") == "actif":
        questions["aah_cumul_integral"] = (
            "Le travail a-t-il commencé ou repris il y a moins de six mois ?",
            "Alors que l'allocation était déjà versée.",
        )
    champs: dict[str, Any] = {
        fait: Choix(question, [*OUI_NON, JE_NE_SAIS_PAS], en_ligne=True, help_text=aide)
        for fait, (question, aide) in questions.items()
    }
    champs |= _sejour(vous=vous, couple=reponses.get("couple") == "oui")
    partie.fields |= {f"{prefixe}_{fait}": champ for fait, champ in champs.items()}
    partie.sections.append(Section(f"{nom} : handicap", tuple(f"{prefixe}_{fait}" for fait in champs)))


def _sejour(*, vous: bool, couple: bool) -> dict[str, Any]:
    sejour = NATURES["sejour_en_etablissement"]
    libelles = (x[0].upper() + x[1:] for x in sejour.libelles_valeurs)
    return {
        "sejour_en_etablissement": Choix(
            "Séjour en ce moment dans un établissement", list(zip(sejour.valeurs, libelles, strict=True))
        ),
        "sejour_en_etablissement_depuis": ChampDate(
            label="En cas de séjour, depuis quel jour ?",
            help_text="Format attendu : JJ/MM/AAAA. Laissez vide si vous ne savez pas.",
            future=False,
            required=False,
        ),
        "aah_sans_reduction": Choix(
            "En cas de séjour, le forfait journalier est-il à votre charge ?"
            if vous
            else "En cas de séjour, le forfait journalier est-il à sa charge ?",
            [*OUI_NON, JE_NE_SAIS_PAS],
            en_ligne=True,
            required=False,
            help_text=(
                "Répondez « oui » aussi si le conjoint ne travaille pas pour un motif reconnu par la MDPH."
                if couple
                else ""
            ),
        ),
    }


def _compte(partie: Partie, prefixe: str, mois: str) -> bool:
    """The income of this adult is read by an allowance: one's own, or that of a partner reckoned as a couple."""
    reponses = partie.reponses
    autres = [a for a, _ in partie.adultes if a != prefixe and handicap_dit(a, reponses)]
    return handicap_dit(prefixe, reponses) or any(
        mois < CHACUN_SES_REVENUS or reponses.get(f"{autre}_aah_conjugalise_eligible") != "non" for autre in autres
    )


def demander_l_annee(partie: Partie, prefixe: str, nom: str, mois: str) -> None:
    """The incomes of year N-2 that an allowance reads; those of the Esat, if there is one."""
    reponses, annee = partie.reponses, int(mois[:4]) - 2
    cochees = {*reponses.get(f"{prefixe}_ressources", []), *reponses.get(f"{prefixe}_ressources_rares", [])}
    if _compte(partie, prefixe, mois):
        champs: dict[str, Any] = {}
        for fait, libelle in REVENUS_N2.items():
            champs[f"{prefixe}_{fait}"] = ChampEuros(label=libelle, required=False)
            champs[f"{prefixe}_{fait}_nsp"] = CaseNsp(libelle.split(",", maxsplit=1)[0].lower())
        partie.fields |= champs
        aide = "Montants nets imposables de l'avis d'impôt, pour toute l'année. Écrivez 0 s'il n'y en avait pas."
        partie.sections.append(Section(f"{nom} : revenus de {annee}", tuple(champs), aide=aide))
    if ESAT in cochees and handicap_dit(prefixe, reponses):
        noms = {f"{prefixe}_{fait}": libelle.format(annee=annee) for fait, libelle in DETAILS_ESAT.items()}
        partie.fields |= {champ: ChampEuros(label=libelle, required=False) for champ, libelle in noms.items()}
        partie.sections.append(
            Section(f"{nom} : rémunération d'Esat", tuple(noms), aide="Laissez vide ce que vous ne savez pas.")
        )


def faits_du_handicap(prefixe: str, reponses: Reponses) -> dict[str, Any]:
    """Facts of an adult; a rate left unanswered is none."""
    taux = reponses.get(f"{prefixe}_taux_incapacite")
    faits: dict[str, Any] = {}
    if taux:
        faits["taux_incapacite"] = None if taux == NSP else int(taux)
    for fait in (*REVENUS_N2, *DETAILS_ESAT):
        if f"{prefixe}_{fait}" in reponses:
            centimes = reponses[f"{prefixe}_{fait}"]
            faits[fait] = None if centimes is None else centimes / 100
    if not handicap_dit(prefixe, reponses):
        return faits
    for fait in (
        "aah_restriction_substantielle_durable_acces_emploi",
        "a_charge_de_ses_parents",
        "aah_conjugalise_eligible",
        "aah_cumul_integral",
        "aah_sans_reduction",
    ):
        reponse = reponses.get(f"{prefixe}_{fait}")
        if reponse:
            faits[fait] = None if reponse == NSP else reponse == "oui"
    faits["sejour_en_etablissement"] = reponses[f"{prefixe}_sejour_en_etablissement"]
    faits["sejour_en_etablissement_depuis"] = reponses.get(f"{prefixe}_sejour_en_etablissement_depuis")
    return faits


def suppositions_du_handicap(reponses: Reponses) -> list[str]:
    """What was taken for granted of who says a rate."""
    if not any(handicap_dit(prefixe, reponses) for prefixe in ("a0", "a1")):
        return []
    supposee = (
        "L'allocation aux adultes handicapés calculée ici est supposée déjà reçue : elle compte dans le RSA et la prime"
        " d'activité, et son complément s'y ajoute."
    )
    return [supposee]

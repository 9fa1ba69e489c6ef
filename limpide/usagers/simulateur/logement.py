"""What housing benefits ask of who wants to know them, the facts that the answers give, and which one is shown.

Here the dwelling of a tenant and the year that counts; hostels and loans are in `secteurs`.
"""

from typing import Any

import numpy as np

from limpide.dossiers.formulaires import ChampDate, ChampEuros
from limpide.dossiers.templatetags.affichage import mois_en_lettres
from limpide.droits.bareme import lire_mois, parametres
from limpide.droits.calcul import Resultat
from limpide.droits.ensemble import AIDES_AU_LOGEMENT
from limpide.droits.faits import NATURES
from limpide.droits.moteur import Motif
from limpide.droits.situation import Situation
from limpide.usagers.simulateur.commune import questions_du_lieu, verifier_le_lieu, zone_dite
from limpide.usagers.simulateur.formulaires import (
    JE_NE_SAIS_PAS,
    OUI_NON,
    CaseNsp,
    Choix,
    Reponses,
    Section,
    age_de,
)
from limpide.usagers.simulateur.periodes import decaler
from limpide.usagers.simulateur.ressources import OUTRE_MER, PartieMontants
from limpide.usagers.simulateur.secteurs import (
    ACCEDANT,
    EN_FOYER,
    faits_de_l_occupant,
    faits_du_secteur,
    oui_non,
    questions_du_foyer,
    questions_du_pret,
)

LOYER, OUI = "loyer", "oui"
HLM = "locataire_hlm"
LOUES = {HLM, "locataire_vide", "locataire_meuble"}
FORMES = [("entier", "Un logement pour votre foyer seul"), ("coloc", "Une colocation"), ("chambre", "Une chambre")]
PENSIONS = {"retraite_nette", "pensions_invalidite", "pensions_alimentaires_percues"}
CHOMAGES = {"chomage_net", "allocation_securisation_professionnelle"}
DEBUT, FIN = -13, -2
"""The twelve months that count run from the thirteenth before the month to the second (CCH R822-3)."""


def logement_demande(reponses: Reponses) -> bool:
    """The box was ticked, and a rent, a fee or a loan may open the right."""
    statut = reponses.get("statut_occupation_logement")
    return LOYER in reponses.get("situations", []) and statut in {*LOUES, EN_FOYER, ACCEDANT}


def logement_social(reponses: Reponses) -> bool:
    """Nearly all of it is under agreement: it is not asked, and the result says that it is taken for granted."""
    return reponses.get("statut_occupation_logement") == HLM


def au_forfait(reponses: Reponses) -> bool:
    """A student whose income is replaced by a fixed amount: nothing is asked of it."""
    mois = reponses.get("mois", "")
    if reponses.get("a0_activite") != "etudiant" or not mois:
        return False
    limite, plancher = (
        parametres()[nom].en(lire_mois(mois)).valeur for nom in ("al_etudiant_age", "al_etudiant_plancher")
    )
    return plancher == 0 and age_de(reponses, "a0", mois) < float(limite)  # type: ignore[arg-type]


class MontantsSimules(PartieMontants):
    """The amounts, and for who wants to know, the dwelling and the year that housing benefits count."""

    def composer(self, reponses: Reponses) -> None:
        super().composer(reponses)
        if not logement_demande(reponses):
            return
        self._le_logement(reponses)
        for prefixe, nom in self.adultes:
            self._l_annee(prefixe, nom, reponses)
        for prefixe, nom in self.enfants:
            if reponses.get(f"{prefixe}_garde_alternee") == OUI:
                charge = NATURES["charge_logement"]
                champ = f"{prefixe}_charge_logement"
                self.fields[champ] = Choix(
                    "Pour l'aide au logement, sa charge est…",
                    [*zip(charge.valeurs, charge.libelles_valeurs, strict=True), JE_NE_SAIS_PAS],
                )
                self.sections.append(Section(f"{nom} : garde alternée", (champ,)))

    def clean(self) -> Reponses:
        donnees = super().clean()
        verifier_le_lieu(self)
        return donnees

    def _le_logement(self, reponses: Reponses) -> None:
        statut = reponses.get("statut_occupation_logement")
        if statut == EN_FOYER:
            questions = questions_du_foyer(reponses, self.adultes)
        elif statut == ACCEDANT:
            questions = questions_du_pret(reponses)
        else:
            questions = _questions_du_locataire(reponses)
        champs = {nom: questions.pop(nom) for nom in ("loyer", "loyer_nsp")}
        champs |= questions_du_lieu(self)
        champs |= questions
        if reponses.get("a0_activite") == "etudiant":
            champs["a0_boursier"] = Choix(
                "Avez-vous une bourse sur critères sociaux ?", [*OUI_NON, JE_NE_SAIS_PAS], en_ligne=True
            )
        else:
            champs["rsa_recu"] = ChampEuros(
                label="RSA reçu le mois d'avant", help_text="Laissez vide si vous n'en recevez pas.", required=False
            )
        self.fields |= champs
        self.sections.append(Section("L'aide au logement", tuple(champs)))

    def _l_annee(self, prefixe: str, nom: str, reponses: Reponses) -> None:
        """Yearly amounts, only of the kinds that the earlier answers make likely."""
        if au_forfait(reponses):
            return
        cochees = {*reponses.get(f"{prefixe}_ressources", []), *reponses.get(f"{prefixe}_ressources_rares", [])}
        chomeur = reponses.get(f"{prefixe}_activite") == "chomeur"
        periode = periode_comptee(reponses["mois"])
        champs: dict[str, Any] = {
            f"{prefixe}_logement_salaires": ChampEuros(
                label=f"Salaires imposables, {periode}", help_text="0 si aucun.", required=False
            ),
            f"{prefixe}_logement_salaires_nsp": CaseNsp("salaires de l'année"),
        }
        if chomeur or cochees & CHOMAGES:
            champs[f"{prefixe}_logement_chomage"] = ChampEuros(
                label=f"Allocations de chômage imposables, {periode}", help_text="0 si aucune.", required=False
            )
            champs[f"{prefixe}_logement_chomage_nsp"] = CaseNsp("chômage de l'année")
        if chomeur:
            champs[f"{prefixe}_date_debut_chomage"] = ChampDate(
                label="Date du début du chômage",
                help_text="Format attendu : JJ/MM/AAAA. Laissez vide si vous ne savez pas.",
                future=False,
                required=False,
            )
        for code, possibles, libelle in (
            ("logement_pensions", PENSIONS, "Pensions de retraite, d'invalidité ou alimentaires reçues en un an"),
            (
                "logement_pensions_versees",
                {"pensions_alimentaires_versees_individu"},
                "Pensions alimentaires versées l'an dernier",
            ),
        ):
            if cochees & possibles:
                champs[f"{prefixe}_{code}"] = ChampEuros(label=libelle, help_text="0 si aucune.", required=False)
                champs[f"{prefixe}_{code}_nsp"] = CaseNsp("pensions de l'année")
        self.fields |= champs
        self.sections.append(Section(f"{nom} : ce que compte l'aide au logement", tuple(champs)))


def _questions_du_locataire(reponses: Reponses) -> dict[str, Any]:
    champs: dict[str, Any] = {
        "loyer": ChampEuros(
            label="Loyer par mois, sans les charges",
            help_text="Celui de juillet dernier, ou du premier mois si vous êtes arrivé depuis.",
            required=False,
        ),
        "loyer_nsp": CaseNsp("loyer"),
    }
    if reponses.get("residence") not in OUTRE_MER and not logement_social(reponses):
        champs["logement_conventionne"] = Choix(
            "Le logement est-il conventionné ?",
            [*OUI_NON, JE_NE_SAIS_PAS],
            en_ligne=True,
            help_text="Un accord entre le propriétaire et l'État : le bail le dit.",
        )
    champs["forme_logement"] = Choix("Vous louez…", FORMES)
    champs["proprietaire_proche_famille"] = Choix(
        "Le logement appartient-il à vous, à vos parents, à vos enfants ou à vos petits-enfants ?",
        OUI_NON,
        en_ligne=True,
    )
    return champs


def periode_comptee(mois: str) -> str:
    """« de mai 2025 à avril 2026 »; the year before last until 2020."""
    if parametres()["al_evaluation_heures"].en(lire_mois(mois)).valeur:
        return f"année {int(mois[:4]) - 2}"
    return f"total de {mois_en_lettres(decaler(mois, DEBUT))} à {mois_en_lettres(decaler(mois, FIN))}".replace(
        "de août", "d'août"
    ).replace("de avril", "d'avril").replace("de octobre", "d'octobre")  # fmt: skip


def faits_du_logement(reponses: Reponses) -> dict[str, Any]:
    """Facts of the dwelling, if they were asked."""
    if not logement_demande(reponses) or "loyer_nsp" not in reponses:
        return {}
    loyer, forme = reponses.get("loyer"), reponses.get("forme_logement")
    faits: dict[str, Any] = {
        "loyer": None if loyer is None else loyer / 100,
        # Who asks what the aid would be is taken as claiming it this month.
        "date_demande_logement": f"{reponses['mois']}-01",
        "coloc": forme == "coloc",
        "logement_chambre": forme == "chambre",
        "proprietaire_proche_famille": reponses.get("proprietaire_proche_famille") == OUI,
        "rsa": (reponses.get("rsa_recu") or 0) / 100,
    }
    faits["zone_apl"] = zone_dite(reponses)
    if "logement_conventionne" in reponses:
        faits["logement_conventionne"] = oui_non(reponses["logement_conventionne"])
    elif logement_social(reponses):
        faits["logement_conventionne"] = True
    return faits | faits_du_secteur(reponses)


def faits_de_l_annee(prefixe: str, reponses: Reponses) -> dict[str, Any]:
    """Facts of an adult that only these benefits read, those that were asked."""
    faits: dict[str, Any] = {}
    for code in ("logement_salaires", "logement_chomage", "logement_pensions", "logement_pensions_versees"):
        if f"{prefixe}_{code}" in reponses:
            centimes = reponses[f"{prefixe}_{code}"]
            faits[code] = None if centimes is None else centimes / 100
    if reponses.get(f"{prefixe}_date_debut_chomage"):
        faits["date_debut_chomage"] = reponses[f"{prefixe}_date_debut_chomage"]
    if f"{prefixe}_boursier" in reponses:
        faits["boursier"] = oui_non(reponses[f"{prefixe}_boursier"])
    return faits | faits_de_l_occupant(prefixe, reponses)


def suppositions_du_logement(reponses: Reponses) -> list[str]:
    """What was taken for granted about the dwelling."""
    if not logement_demande(reponses):
        return []
    social = logement_social(reponses) and reponses.get("residence") not in OUTRE_MER
    return [
        *(["Le logement social est supposé conventionné, comme presque tous."] if social else []),
        "L'aide au logement est supposée demandée ce mois-ci, pour un logement où vous êtes entré avant.",
        "L'aide au logement calculée ici est supposée déjà reçue : elle compte dans le RSA et la prime d'activité.",
        "Le logement est supposé décent et assez grand, et votre patrimoine inférieur à 30 000 €.",
    ]


def logement_a_montrer(resultat: Resultat, situation: Situation) -> bool:
    """The one that applies, if the dwelling was asked about; the two others say nothing that helps."""
    if resultat.droit not in AIDES_AU_LOGEMENT:
        return True
    foyer = situation.foyer[0]
    demande = not np.isnan(foyer["loyer"][-1]) or foyer["zone_apl"] >= 0
    return bool(demande) and resultat.motif != Motif.AUTRE_AIDE.name

"""The two parts of the simulator about money: which incomes were received, then how much of each."""

from django import forms

from limpide.dossiers.formulaires import ChampDate, ChampEuros
from limpide.dossiers.templatetags.affichage import mois_en_lettres
from limpide.droits.faits import NATURES, Nature
from limpide.droits.faits_handicap import FAITS_HANDICAP
from limpide.droits.faits_logement import RESSOURCES_LOGEMENT
from limpide.usagers.simulateur.conges import revenus_utiles
from limpide.usagers.simulateur.formulaires import (
    JE_NE_SAIS_PAS,
    OUI_NON,
    CaseNsp,
    Choix,
    Partie,
    Reponses,
    Section,
    age_de,
    moins_de_trois_ans,
)
from limpide.usagers.simulateur.garde import garde_dite
from limpide.usagers.simulateur.handicap import ESAT, demander_l_annee
from limpide.usagers.simulateur.periodes import SUFFIXES_DES_MOIS, est_rentree, mois_demandes, mois_proposes
from limpide.usagers.simulateur.soutien import demander_l_allocataire

OUTRE_MER = {"guadeloupe", "martinique", "guyane", "la_reunion", "saint_barthelemy", "saint_martin"}
COURANTES = {
    "salaire_net", "rpns_auto_entrepreneur_benefice", "remuneration_apprenti", "indemnites_stage", "chomage_net",
    "retraite_nette", "indemnites_journalieres_maladie", "indemnites_journalieres_maternite", "pensions_invalidite",
    "pensions_alimentaires_percues", "pensions_alimentaires_versees_individu", "aah", "revenus_locatifs",
}  # fmt: skip
INDEMNITES_D_ARRET = {
    "indemnites_journalieres_maladie",
    "indemnites_journalieres_accident_travail",
    "indemnites_journalieres_maladie_professionnelle",
}


def ressources_possibles(*, enfant: bool) -> list[Nature]:
    """The incomes of the catalogue that a person may tick; a new one of the law appears by itself."""
    toutes = [n for n in NATURES.values() if n.sujet == "personne" and n.type == "euros" and n.periodicite != "etat"]
    toutes = [n for n in toutes if n not in FAITS_HANDICAP or n.nom == ESAT]  # the others are asked by `handicap`
    toutes = [n for n in toutes if n.nom not in RESSOURCES_LOGEMENT]
    return [n for n in toutes if n.nom in COURANTES and n.groupe == "activite"] if enfant else toutes


class PartieRessources(Partie):
    code, titre = "ressources", "Vos ressources"

    def composer(self, reponses: Reponses) -> None:
        for prefixe, nom in self.adultes:
            self._cases(prefixe, nom, ressources_possibles(enfant=False))
        for prefixe, nom in self.enfants:
            if age_de(reponses, prefixe, reponses.get("mois", "")) >= 16:
                self._cases(prefixe, nom, ressources_possibles(enfant=True))
        if self.enfants:
            prestations = [n for n in NATURES.values() if n.groupe == "prestation" and n.nom != "aide_logement"]
            self.fields["f_ressources"] = forms.MultipleChoiceField(
                label="Prestations que la Caf vous verse déjà",
                choices=[(n.nom, n.libelle.removesuffix(" reçue").removesuffix(" reçu")) for n in prestations],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
            self.sections.append(Section("Votre foyer", ("f_ressources",)))

    def clean(self) -> Reponses:
        """What an Esat pays is part of the wage: who ticks it is asked the wage too."""
        donnees = super().clean()
        for prefixe, _ in self.adultes:
            if ESAT in donnees.get(f"{prefixe}_ressources_rares", []):
                cochees = donnees.get(f"{prefixe}_ressources", [])
                donnees[f"{prefixe}_ressources"] = list(dict.fromkeys([*cochees, "salaire_net"]))
        return donnees

    def _cases(self, prefixe: str, nom: str, natures: list[Nature]) -> None:
        """Two lists of boxes: the common incomes, and the rarer ones folded away."""
        listes = (
            ("", [n for n in natures if n.nom in COURANTES]),
            ("_rares", [n for n in natures if n.nom not in COURANTES]),
        )
        for suffixe, liste in listes:
            if not liste:
                continue
            champ = f"{prefixe}_ressources{suffixe}"
            self.fields[champ] = forms.MultipleChoiceField(
                label="Cochez ce qui a été reçu ces derniers mois" if not suffixe else "Ressources plus rares",
                help_text="" if suffixe else "Rien à cocher si rien n'a été reçu.",
                choices=[(n.nom, n.libelle) for n in liste],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
            titre = nom if not suffixe else f"{nom} : ressources plus rares"
            self.sections.append(Section(titre, (champ,), repliee=bool(suffixe)))


class PartieMontants(Partie):
    code, titre = "montants", "Les montants"

    def composer(self, reponses: Reponses) -> None:
        mois = reponses.get("mois") or mois_proposes()[-1]
        for prefixe, nom in [*self.adultes, *self.enfants, ("f", "Votre foyer")]:
            for code in [
                *reponses.get(f"{prefixe}_ressources", []),
                *reponses.get(f"{prefixe}_ressources_rares", []),
            ]:
                self._montants(prefixe, nom, NATURES[code], mois)
        for prefixe, nom in self.adultes:
            if INDEMNITES_D_ARRET & {
                *reponses.get(f"{prefixe}_ressources", []),
                *reponses.get(f"{prefixe}_ressources_rares", []),
            }:
                self.fields[f"{prefixe}_date_arret_de_travail"] = ChampDate(
                    label="Date du début de l'arrêt de travail",
                    help_text="Format attendu : JJ/MM/AAAA. Laissez vide si vous ne savez pas.",
                    future=False,
                    required=False,
                )
                self.sections.append(Section(f"{nom} : arrêt de travail", (f"{prefixe}_date_arret_de_travail",)))
            demander_l_annee(self, prefixe, nom, mois)
        petit = any(moins_de_trois_ans(reponses, prefixe) for prefixe, _ in self.enfants)
        attendu = any(reponses.get(f"{prefixe}_enceinte") == "oui" for prefixe, _ in self.adultes)
        for prefixe, nom in self.enfants if attendu else []:  # they make the ceiling of the prime à la naissance
            partage = reponses.get(f"{prefixe}_garde_alternee") == "oui"
            if partage and f"{prefixe}_allocataire_unique" not in reponses:
                demander_l_allocataire(self, prefixe, nom)
        enfants_utiles = 1 if reponses.get("residence") in OUTRE_MER or est_rentree(mois) or petit else 2
        if attendu or len(self.enfants) >= enfants_utiles or garde_dite(reponses) or revenus_utiles(reponses):
            self.fields["prestations_familiales_base_ressources"] = ChampEuros(
                label=f"Revenu net du foyer en {int(mois[:4]) - 2}",
                help_text="« Revenu net catégoriel » de l'avis d'impôt, pour l'année entière.",
                required=False,
            )
            self.fields["revenus_imposables_bruts"] = ChampEuros(
                label=f"Pour le quotient familial : revenus déclarés du foyer en {int(mois[:4]) - 2}",
                help_text="Salaires, pensions et autres revenus, avant l'abattement de 10 %. Facultatif.",
                required=False,
            )
            self.fields["prestations_familiales_base_ressources_nsp"] = CaseNsp(f"revenu de {int(mois[:4]) - 2}")
            self.sections.append(
                Section(
                    "Pour les prestations familiales",
                    (
                        "prestations_familiales_base_ressources",
                        "prestations_familiales_base_ressources_nsp",
                        "revenus_imposables_bruts",
                    ),
                )
            )
        enfants_du_complement = 1 if reponses.get("residence") in OUTRE_MER or petit else 3
        if reponses.get("couple") == "oui" and (
            attendu or len(self.enfants) >= enfants_du_complement or reponses.get("ajpp_frais")
        ):
            self._deux_revenus(int(mois[:4]) - 2)

    def _deux_revenus(self, annee: int) -> None:
        """Asked of couples only: a parent alone always has the raised ceilings."""
        self.fields["biactivite"] = Choix(
            f"En {annee}, chacun de vous deux a-t-il eu un revenu du travail ?",
            [*OUI_NON, JE_NE_SAIS_PAS],
            en_ligne=True,
            help_text="Il en faut, pour chacun, au moins 13,6 % du plafond annuel de la sécurité sociale.",
        )
        self.sections.append(Section("Pour les prestations selon les revenus", ("biactivite",)))

    def _montants(self, prefixe: str, nom: str, nature: Nature, mois: str) -> None:
        racine = f"{prefixe}_{nature.nom}"
        if nature.periodicite == "mois":
            noms = tuple(f"{racine}_{suffixe}" for suffixe in SUFFIXES_DES_MOIS)
            libelles = [mois_en_lettres(m).capitalize() for _, m in mois_demandes(mois)]
        else:
            noms, libelles = (racine,), ["Montant de l'année"]
        for champ, libelle in zip(noms, libelles, strict=True):
            self.fields[champ] = ChampEuros(label=libelle, required=False, negatif=nature.signe)
        self.fields[f"{racine}_nsp"] = forms.BooleanField(label="Je ne sais pas", required=False)
        self.sections.append(
            Section(
                f"{nom} : {nature.libelle[0].lower()}{nature.libelle[1:]}",
                (*noms, f"{racine}_nsp"),
                disposition="ligne",
            )
        )

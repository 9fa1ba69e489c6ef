"""One part of a claim with an open file: a field for each fact that the law lacks; one may not know."""

import datetime as dt
from typing import Any

from django import forms
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from limpide.dossiers.formulaires import ChampDate, ChampEuros
from limpide.dossiers.mois import decaler, en_lettres
from limpide.dossiers.situations import TRIMESTRE
from limpide.droits.faits import NATURES, Nature
from limpide.usagers.demande import champs as propres
from limpide.usagers.demande.declares import Declare
from limpide.usagers.demande.foyer_connu import DU_TRIMESTRE, Question
from limpide.usagers.scellement import SANS_REPONSE
from limpide.usagers.simulateur.formulaires import (
    JE_NE_SAIS_PAS,
    NSP,
    OUI_NON,
    CaseNsp,
    Choix,
    Partie,
    Reponses,
    Section,
)
from limpide.usagers.simulateur.logement import periode_comptee

MOIS_D_UNE_GROSSESSE = 10
"""One that began before is over: the date is to be looked at again."""
PHRASES = {
    "nationalite": "Quelle est sa nationalité ?",
    "protection_internationale": "Est-il ou elle réfugié, apatride ou sous protection subsidiaire ?",
    "carte_resident": "A-t-il ou elle une carte de résident ?",
    "enceinte": "Un enfant est-il attendu ?",
    "enfants_attendus": "Nombre d'enfants attendus",
    "etudiant": "Suit-il ou elle des études ?",
    "type_conges": "Est-il ou elle en congé long ? Les congés payés ne comptent pas.",
    "rsa_jeune_condition_heures_travail_remplie": "A-t-il ou elle travaillé deux ans à temps plein ces trois "
    "dernières années ?",
    "rsa_isolement_recent": "Le parent vit-il sans conjoint depuis moins de dix-huit mois ?",
    "residence": "Où habite le foyer ?",
    "statut_occupation_logement": "Comment le foyer est-il logé ?",
    "aide_logement": "Aide au logement reçue (APL, ALF ou ALS)",
    "soutien_autre_parent": "Son autre parent participe-t-il à son entretien ?",
    "soutien_depuis": "Depuis quand est-ce ainsi ?",
    "enfant_recueilli": "L'avez-vous recueilli, sans être son père ni sa mère ?",
    "deux_parents_absents": "Ses deux parents lui manquent-ils ?",
    "pensions_alimentaires_percues": "Pension reçue pour cet enfant",
    "pension_en_cours_de_fixation": "Le juge est-il saisi pour fixer sa pension ?",
    "inscription_rentree": "Est-il ou elle inscrit à la rentrée : école, études ou apprentissage ?",
    "cours_preparatoire_anticipe": "Entre-t-il ou elle au cours préparatoire avant l'âge de six ans ?",
    "allocataire_unique": "Êtes-vous le parent désigné pour recevoir ses prestations ?",
    "aah_demandee": "L'allocation aux adultes handicapés est-elle demandée à la MDPH pour cette personne ?",
    "aah_activite_n2": "Revenus du travail, nets de frais",
    "aah_pensions_n2": "Pensions de retraite ou d'invalidité, pensions alimentaires",
    "aah_autres_revenus_n2": "Chômage, placements et autres revenus",
    "a_charge_de_ses_parents": "Est-il ou elle à la charge de ses parents pour leurs allocations familiales ?",
    "sejour_en_etablissement": "Est-il ou elle en ce moment dans un de ces établissements ?",
    "aah_base_ressources_activite_milieu_protege": "Rémunération garantie d'un Esat, comprise dans son salaire",
    "adoption": "Est-il ou elle adopté, ou confié en vue d'adoption ?",
    "prestations_familiales_base_ressources": "Revenu net du foyer",
    "aeeh_accordee": "La commission (MDPH) a-t-elle accordé l'AEEH pour cet enfant ?",
    "aeeh_date_demande": "Date de la demande à la MDPH",
    "taux_incapacite": "Taux d'incapacité reconnu",
    "aeeh_accueil": "Comment est-il ou elle accompagné ?",
    "aeeh_niveau_handicap": "Complément accordé",
    "pch_au_lieu_du_complement": "Avez-vous choisi la prestation de compensation (PCH) à la place du complément ?",
    "aeeh_tierce_personne": "Le complément est-il accordé parce que vous travaillez moins, ou pour payer "
    "une personne ?",
    "ajpp_demi_journees": "Jours de congé de présence parentale",
    "ajpp_accord_medical": "Le contrôle médical a-t-il donné son accord pour cet enfant ?",
    "ajpp_demi_journees_versees": "Jours d'AJPP déjà payés pour lui ou elle par une autre caisse",
    "ajpp_frais": "Dépenses non remboursées dues à l'état de santé de l'enfant",
    "ajpa_demi_journees": "Jours de congé de proche aidant",
    "ajpa_demi_journees_versees": "Jours déjà payés par une autre caisse pour la personne que vous aidez",
    "ajpa_demi_journees_carriere": "Jours déjà payés par une autre caisse depuis le début de votre carrière",
    "deces_enfant": "Vous avez perdu",
    "date_deces_enfant": "À quelle date ?",
    "capital_deces": "Le capital décès de l'Assurance maladie a-t-il été choisi, ou reçu ?",
    "prepare_choix": "Demande-t-il ou elle la PreParE, pour avoir arrêté de travailler ou réduit son temps ?",
    "prepare_depuis": "Depuis quand a-t-il ou elle arrêté ou réduit son travail ?",
    "prepare_trimestres": "Trimestres de travail validés avant l'arrivée de l'enfant",
    "prepare_mois_indemnises": "Mois de congé de maternité ou d'adoption payés après cette arrivée",
    "mode_garde": "Qui garde cet enfant contre paiement",
    "garde_heures": "Heures de garde payées",
    "garde_cout": "Dépense de garde",
    "garde_horaires_specifiques": "Gardé 25 heures ou plus la nuit, le dimanche ou un jour férié, pour votre travail",
    "garde_domicile": "Qui garde vos enfants chez vous contre paiement",
    "garde_domicile_heures": "Heures de garde chez vous payées",
    "garde_domicile_cout": "Dépense pour cette garde chez vous",
    "date_entree_logement": "Date d'entrée dans le logement",
    "loyer": "Loyer sans les charges, redevance ou mensualité",
    "type_foyer": "De quel foyer s'agit-il ?",
    "foyer_existant": "Résidence sociale ou foyer de jeunes travailleurs : existait-il avant sa convention, sans "
    "travaux ?",
    "logement_crous": "Est-il géré par le Crous ?",
    "etat_logement_foyer": "Dans quel état est la chambre ?",
    "aide_logement_date_pret": "Date de signature du prêt",
    "aide_logement_est_pret_conventionne": "Est-ce un prêt conventionné, ou un prêt d'accession sociale (PAS) ?",
    "etat_logement": "Qu'a payé ce prêt ?",
    "pret_decision_etat": "Outre-mer : l'État a-t-il aidé cet achat par une décision d'avant 2019 ?",
    "inapte_travail": "Est-il ou elle reconnu inapte au travail ?",
    "zone_apl": "Dans quelle zone est votre commune ?",
    "logement_conventionne": "Le logement est-il conventionné ?",
    "coloc": "Est-ce une colocation ?",
    "logement_chambre": "Est-ce une seule chambre ?",
    "proprietaire_proche_famille": "Le logement appartient-il à vous, à vos parents, à vos enfants ou à vos "
    "petits-enfants ?",
    "jeunes_maries": "Êtes-vous mariés depuis moins de cinq ans ?",
    "charge_logement": "Pour l'aide au logement, sa charge est…",
    "activite": "Quelle est son activité ?",
    "boursier": "A-t-il ou elle une bourse sur critères sociaux ?",
    "logement_salaires": "Salaires imposables, {periode}",
    "logement_chomage": "Allocations de chômage imposables, {periode}",
    "chomage_net": "Allocation de chômage",
    "rpns_autres_revenus": "Bénéfice d'une activité indépendante",
    "biactivite": "Cette année-là, chacun des deux a-t-il eu un revenu du travail ?",
}
"""Questions where the label of the fact would not be one."""
DU_MOIS_EN_COURS = "Si le mois n'est pas fini, ce que dit le contrat : vous corrigerez ensuite."
N_MOINS_2 = "Montants nets imposables de l'avis d'impôt, pour l'année entière. Écrivez 0 s'il n'y en avait pas."
ZERO = "Écrivez 0 s'il n'y en a pas."
AIDES = {
    "aeeh_accordee": "Elle est écrite sur la décision de la commission (CDAPH).",
    "aeeh_tierce_personne": "Non, s'il est accordé seulement pour des dépenses.",
    "ajpp_demi_journees": "Comptez aussi ceux prévus d'ici la fin du mois : vous pourrez corriger. 0 si aucun.",
    "ajpp_accord_medical": "« Non » si le congé n'est pas pour cet enfant. « Je ne sais pas » si vous attendez "
    "la réponse.",
    "ajpp_demi_journees_versees": "0 si c'est votre première demande.",
    "ajpp_frais": "Pour ce mois. 0 s'il n'y en a pas.",
    "ajpa_demi_journees": "Comptez aussi ceux prévus d'ici la fin du mois : vous pourrez corriger. 0 si aucun.",
    "ajpa_demi_journees_versees": "0 si c'est votre première demande.",
    "ajpa_demi_journees_carriere": "0 si c'est votre première demande.",
    "capital_deces": "Il n'existe que pour un enfant de seize ans ou plus. Recevoir l'allocation, c'est y renoncer.",
    "soutien_depuis": "Le jour du décès, de l'arrêt des versements, du premier versement, ou celui où vous avez "
    "recueilli l'enfant.",
    "date_debut_grossesse": "Elle est écrite sur la déclaration de grossesse.",
    "prestations_familiales_base_ressources": "« Revenu net catégoriel » de l'avis d'impôt, pour l'année entière.",
    "loyer": "Loyer : celui de juillet dernier, ou du premier mois. Foyer : le loyer et les charges de la redevance, "
    "que le gestionnaire certifie. Achat : la mensualité, assurance comprise.",
    "foyer_existant": "Le gestionnaire le sait : un autre barème s'applique alors.",
    "aide_logement_est_pret_conventionne": "L'offre de prêt le dit.",
    "logement_conventionne": "Un accord avec l'État : le bail ou le gestionnaire le dit. Presque tous les HLM en ont "
    "un.",
    "logement_salaires": "0 si aucun. Le montant imposable est sur les bulletins de salaire.",
    "logement_chomage": "0 si aucune.",
    "chomage_net": "Ce qui est reçu en ce moment. 0 si aucune.",
    "logement_pensions": "0 si aucune.",
    "rpns_autres_revenus": "Entreprise, micro-entreprise ou exploitation agricole. 0 si aucune.",
    "zone_apl": "service-public.fr la donne : « Connaître la zone de sa commune : 1, 1 bis, 2 ou 3 ».",
    "biactivite": "Il en faut, pour chacun, au moins 13,6 % du plafond annuel de la sécurité sociale.",
    "prepare_trimestres": "Sur les deux ans d'avant pour un premier enfant, quatre ans pour un deuxième, cinq ensuite. "
    "Il en faut huit.",
    "prepare_mois_indemnises": "Écrivez 0 s'il n'y en a pas.",
    "garde_heures": DU_MOIS_EN_COURS,
    "garde_cout": f"Salaire net, entretien et repas, ou facture ; sans les cotisations. {DU_MOIS_EN_COURS}",
    "garde_domicile_heures": DU_MOIS_EN_COURS,
    "garde_domicile_cout": f"Salaire net, ou facture ; sans les cotisations. {DU_MOIS_EN_COURS}",
    "allocataire_unique": "Certaines prestations ne se partagent pas : un seul des deux parents les reçoit.",
    "aah_demandee": "Répondez oui aussi quand la MDPH l'a déjà accordée.",
    "aah_activite_n2": N_MOINS_2,
    "aah_pensions_n2": N_MOINS_2,
    "aah_autres_revenus_n2": N_MOINS_2,
    "pensions_invalidite": ZERO,
    "retraite_nette": ZERO,
    "aah_base_ressources_activite_milieu_protege": ZERO,
    "pensions_alimentaires_percues": "Ce que l'autre parent paie vraiment, pour cet enfant seul.",
}
"""What helps to answer."""
PERIODE = "{periode}"
"""Where a label says which twelve months count."""
FORMAT = "Format attendu : JJ/MM/AAAA. Laissez vide si vous ne savez pas."
TERMINEE = "Cette grossesse serait terminée : vérifiez l'année. Après la naissance, écrivez à votre Caf."
PASSE = "Cette date est passée : si la décision a été renouvelée, écrivez la fin de la nouvelle période."
FIN = "_fin"
"""Suffix of the field that says until when something is granted."""
SANS_SAVOIR = "Laissez vide si vous ne savez pas."
DE_L_ANNEE = NATURES["biactivite"]
"""Told of a past year, it holds for all the months of the year that looks at it."""


def en_reponse(nature: Nature, valeur: int) -> Any:
    """A value as stored → as its field takes it."""
    if nature.nom in propres.JOURS or (nature.nom in propres.CHOIX and nature.type == "entier"):
        return propres.montree(nature.nom, valeur)
    if nature.type == "booleen":
        return "oui" if valeur else "non"
    if nature.type == "enumeration":
        return nature.valeurs[valeur]
    if nature.type == "date":
        return f"{dt.date(1970, 1, 1) + dt.timedelta(days=valeur):%d/%m/%Y}"
    return f"{valeur / 100:.2f}".replace(".", ",") if nature.type == "euros" else valeur


class PartieQuestions(Partie):
    """Built from `reponses["questions"]`. An answer left out leaves the fact unknown: the decision then names it."""

    code, titre = "questions", "Ce que votre Caf ne sait pas encore"

    def composer(self, reponses: Reponses) -> None:
        self.questions: list[Question] = reponses["questions"]
        par_sujet: dict[str, list[str]] = {}
        for question in self.questions:
            champs = self._champs(question)
            if question.dit is not None:
                champs[question.cle].initial = en_reponse(question.nature, question.dit)
            self.fields |= champs
            par_sujet.setdefault(question.qui, []).extend(champs)
        self.sections = [Section(qui, tuple(champs)) for qui, champs in par_sujet.items()]

    def _champs(self, q: Question) -> dict[str, forms.Field]:
        nature = q.nature
        label, aide = PHRASES.get(nature.nom, nature.libelle), AIDES.get(nature.nom, "")
        label = propres.avec_le_mois(nature.nom, label, q.au_mois)
        if (sien := propres.champ(nature.nom, label, aide)) is not None:
            return {q.cle: sien, **self._terme(q)}
        if PERIODE in label:
            label = label.replace(PERIODE, periode_comptee(f"{q.depuis:%Y-%m}"))
        if nature.type == "booleen":
            return {q.cle: Choix(label, [*OUI_NON, JE_NE_SAIS_PAS], en_ligne=True, help_text=aide), **self._terme(q)}
        if nature.type == "enumeration":
            mots = [m[0].upper() + m[1:] for m in nature.libelles_valeurs or nature.valeurs]
            return {q.cle: Choix(label, [*zip(nature.valeurs, mots, strict=True), JE_NE_SAIS_PAS], help_text=aide)}
        if nature.type == "date":
            return {q.cle: ChampDate(label=label, help_text=f"{aide} {FORMAT}".strip(), future=False, required=False)}
        if nature.type == "entier":
            return {
                q.cle: forms.IntegerField(
                    label=label, help_text=SANS_SAVOIR, required=False, min_value=0,
                    max_value=744, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                    error_messages={"invalid": "Écrivez un nombre entier, par exemple 5."},
                )
            }  # fmt: skip
        return {**self._montants(q, label, aide), f"{q.cle}_nsp": CaseNsp(nature.libelle.lower())}

    def _terme(self, q: Question) -> dict[str, forms.Field]:
        terme = propres.terme(q.nature.nom)
        return {} if terme is None else {f"{q.cle}{FIN}": terme}

    def _montants(self, q: Question, label: str, aide: str) -> dict[str, forms.Field]:
        """One for each month asked; one for a year, or for an amount that comes back every month."""
        dits = {f"{q.cle}_m{m:%Y%m}": f"{label}, {en_lettres(m)}" for m in q.mois}
        d_un_mois = q.nature.nom in propres.DU_MOIS
        seul = f"{label} ({q.annee})" if q.nature.periodicite == "annee" else f"{label}, chaque mois"
        seul = label if d_un_mois else seul
        seul = label if q.nature.periodicite == "etat" else seul
        return {
            cle: ChampEuros(label=dit, help_text=aide, required=False, negatif=q.nature.signe)
            for cle, dit in (dits or {q.cle: seul}).items()
        }

    def clean(self) -> Reponses:
        donnees = super().clean()
        for q in self.questions:
            if (terme := donnees.get(f"{q.cle}{FIN}")) is not None and terme < q.depuis:
                self.add_error(f"{q.cle}{FIN}", PASSE)
            if q.nature.nom == "date_debut_grossesse" and (debut := donnees.get(q.cle)) is not None:
                self._grossesse_possible(q.cle, debut)
        return donnees

    def _grossesse_possible(self, cle: str, debut: dt.date) -> None:
        if decaler(debut.replace(day=1), MOIS_D_UNE_GROSSESSE) < timezone.localdate():
            self.add_error(cle, TERMINEE)

    def declares(self) -> list[Declare]:
        """The facts told; the part must be valid."""
        trouves = []
        for q in self.questions:
            for m in q.mois:
                montant = self.cleaned_data.get(f"{q.cle}_m{m:%Y%m}")
                if montant is not None:
                    trouves.append(Declare(q.personne, q.nature, montant, DateRange(m, decaler(m, 1))))
            valeur = None if q.mois else self._stockee(q.nature, self.cleaned_data.get(q.cle))
            if valeur is not None:
                trouves.append(Declare(q.personne, q.nature, valeur, self._periode(q)))
        return trouves

    def _periode(self, q: Question) -> DateRange:
        if q.nature.periodicite == "annee":
            return DateRange(dt.date(q.annee, 1, 1), dt.date(q.annee + 1, 1, 1))
        if q.nature.nom in propres.DU_MOIS:
            return DateRange(q.au_mois, decaler(q.au_mois, 1))
        if q.nature.nom in DU_TRIMESTRE:
            return DateRange(decaler(q.depuis, -(q.nature.periodicite == "mois")), decaler(q.depuis, TRIMESTRE))
        if q.nature == DE_L_ANNEE:
            return DateRange(dt.date(q.depuis.year, 1, 1), None)
        return DateRange(q.depuis, propres.fin(self.cleaned_data.get(f"{q.cle}{FIN}")))

    def _stockee(self, nature: Nature, valeur: Any) -> int | None:
        """As the table of facts holds it; None when it isn't known."""
        if valeur in (None, "", NSP):
            return None
        if nature.type == "booleen":
            return int(valeur == "oui")
        if nature.type == "enumeration":
            return nature.valeurs.index(valeur)
        if nature.type == "date":
            return int((valeur - dt.date(1970, 1, 1)).days)
        return int(propres.stockee(nature.nom, valeur))

    def recapitulatif(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each question with its answer in words, person by person."""
        return [
            (s.titre, [(str(self[c].label), self._dite(c)) for c in s.champs if not c.endswith("_nsp")])
            for s in self.sections
        ]

    def _dite(self, nom: str) -> str:
        valeur, champ = self.cleaned_data.get(nom), self.fields[nom]
        if valeur in (None, ""):
            return SANS_REPONSE
        if isinstance(champ, ChampEuros):
            return f"{valeur / 100:,.2f} €".replace(",", " ").replace(".", ",")
        choix = dict(getattr(champ, "choices", ()))
        if choix:
            return str(choix[valeur])
        return f"{valeur:%d/%m/%Y}" if hasattr(valeur, "strftime") else str(valeur).replace(".", ",")

"""The care of the children in one month, as it was paid: the complément de libre choix du mode de garde follows it.

Prefilled with the last month told. What is told holds for that month only: nothing is paid for a month nobody told.
"""

import datetime as dt
from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampEuros
from limpide.dossiers.mois import decaler, ecrire, en_lettres, premier_jour
from limpide.dossiers.templatetags.affichage import jour_fr
from limpide.droits.faits import NATURES
from limpide.droits.faits_garde import GARDES_A_DOMICILE, MODES_GARDE
from limpide.usagers.changement.connu import prenom
from limpide.usagers.changement.etapes import Etapes, FaitDit
from limpide.usagers.changement.formulaires import TOUT_DE_SUITE, FormulaireChangement
from limpide.usagers.changement.plan import Plan, echeance_d_un_agent, echeance_d_une_piece
from limpide.usagers.demande.a_confirmer import AGES_DE_GARDE
from limpide.usagers.simulateur.formulaires import Choix
from limpide.usagers.simulateur.garde import HEURES_D_UN_MOIS
from limpide.usagers.simulateur.periodes import age

AUCUN, AUCUNE = MODES_GARDE[0], GARDES_A_DOMICILE[0]
EMPLOIS = ("assistant_maternel", "emploi_direct")
"""Declared to Pajemploi; a structure sends a bill, which the law asks to see (CSS D531-21, VI)."""
OUI, PAS_CE_MOIS, PLUS = "oui", "non", "plus"
REPONSES = [(OUI, "Oui"), (PAS_CE_MOIS, "Non, pas ce mois-là"), (PLUS, "Non, et plus depuis")]
MOIS_OFFERTS = 12
DROIT = "paje_cmg"


class GardeDuMois(FormulaireChangement):
    titre = "Garde d'enfants d'un mois"

    def composer(self) -> None:
        self.fields.pop("depuis")  # the month says it
        self.enfants = self._enfants()
        mois = self._mois()
        self.fields |= {
            "mois": forms.ChoiceField(
                label="De quel mois est cette garde ?", choices=[(ecrire(m), en_lettres(m)) for m in mois],
                initial=ecrire(self._a_declarer(mois)) if mois else None,
                error_messages={"required": "Choisissez un mois.", "invalid_choice": "Choisissez un mois de la liste."},
            ),
            "paye": Choix("Avez-vous payé une garde ce mois-là ?", REPONSES, initial=OUI),
        }  # fmt: skip
        for rang, enfant in enumerate(self.enfants):
            self._garde(f"e{rang}", "mode_garde", "garde", f"Qui a gardé {prenom(enfant)} contre paiement ?", enfant.pk)
            self.fields[f"e{rang}_horaires"] = forms.BooleanField(
                label=f"{prenom(enfant)} a été gardé au moins 25 heures la nuit, le dimanche ou un jour férié",
                help_text="Pour votre travail, par une association, une entreprise ou une micro-crèche.",
                required=False, initial=bool(self._dernier("garde_horaires_specifiques", enfant.pk)),
            )  # fmt: skip
        if self.enfants:
            question = "Qui a gardé vos enfants chez vous contre paiement ?"
            self._garde("d", "garde_domicile", "garde_domicile", question, None)

    def _garde(self, prefixe: str, mode: str, racine: str, question: str, qui: int | None) -> None:
        nature, connu = NATURES[mode], self._dernier(mode, qui)
        cout = self._dernier(f"{racine}_cout", qui)
        dits = zip(nature.valeurs, (t[0].upper() + t[1:] for t in nature.libelles_valeurs), strict=True)
        self.fields |= {
            f"{prefixe}_mode": forms.ChoiceField(
                label=question, choices=list(dits), required=False, initial=nature.valeurs[connu or 0]
            ),
            f"{prefixe}_heures": forms.IntegerField(
                label="Heures payées", required=False, min_value=0, max_value=HEURES_D_UN_MOIS,
                initial=self._dernier(f"{racine}_heures", qui),
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages={"invalid": "Écrivez un nombre entier, par exemple 125."},
            ),
            f"{prefixe}_cout": ChampEuros(
                label="Dépense du mois", required=False,
                help_text="Salaire net, entretien et repas, ou facture de la structure ; sans les cotisations.",
                initial=None if cout is None else f"{cout / 100:.2f}".replace(".", ","),
            ),
        }  # fmt: skip

    def _enfants(self) -> list[Any]:
        """Of the age at which the care is helped."""
        jour = self.connu.jour
        limite = AGES_DE_GARDE[0 if self.connu.conjoint(jour) else 1]
        ici = [s.personne for s in self.connu.enfants(jour)]
        return [p for p in ici if age(p.date_naissance, f"{jour:%Y-%m}") <= limite]

    def _dernier(self, nature: str, qui: int | None) -> int | None:
        """The last value told, of whatever month."""
        dits = [f for f in self.connu.faits if f.nature == NATURES[nature].code and f.personne_id == qui]
        return max(dits, key=lambda f: f.valide.lower).valeur if dits else None

    def _demande(self) -> dt.date | None:
        jours = self._dernier("cmg_date_demande", None)
        return None if jours is None else dt.date(1970, 1, 1) + dt.timedelta(days=jours)

    def _mois(self) -> list[dt.date]:
        """From the month before the claim (CSS R552-2, II, 2°) to this one, the latest first."""
        demande, ouvert = self._demande(), premier_jour(self.connu.dossier.ouvert_le)
        if demande is None:
            return []
        premier = max(decaler(premier_jour(demande), -1), ouvert)
        mois = [decaler(premier_jour(self.connu.jour), -n) for n in range(MOIS_OFFERTS)]
        return [m for m in mois if m >= premier]

    def _a_declarer(self, mois: list[dt.date]) -> dt.date:
        """The oldest month that nobody told; this one if all are."""
        natures = {NATURES[n].code for n in ("mode_garde", "garde_domicile", "garde_sans_depense")}
        dits = [f for f in self.connu.faits if f.nature in natures]
        sans = [m for m in mois if not any(m in f.valide for f in dits)]
        return min(sans, default=mois[0])

    @property
    def sans_objet(self) -> str:
        if self._demande() is None:
            return (
                "Votre foyer n'a pas demandé le complément de libre choix du mode de garde : il se demande dans "
                "« Demander une aide »."
            )
        return "" if self.enfants else "Aucun enfant de votre dossier n'a l'âge auquel la garde est aidée."

    def _prefixes(self) -> list[str]:
        return [*(f"e{rang}" for rang in range(len(self.enfants))), *(["d"] if self.enfants else [])]

    def clean(self) -> dict[str, Any]:
        lus: dict[str, Any] = super().clean() or self.cleaned_data
        if lus.get("mois"):
            lus["depuis"] = premier_jour(lus["mois"])
        if lus.get("paye") != OUI:
            return lus
        if not any(self._choisi(p) for p in self._prefixes()):
            self.add_error("paye", "Dites qui a gardé un enfant, ou répondez que vous n'avez pas payé de garde.")
        for prefixe in filter(self._choisi, self._prefixes()):
            for suite, message in (("heures", "Écrivez les heures payées."), ("cout", "Écrivez la dépense du mois.")):
                nom = f"{prefixe}_{suite}"
                if not lus.get(nom) and nom not in self.errors:
                    self.add_error(nom, message)
        return lus

    def _choisi(self, prefixe: str) -> bool:
        return self.cleaned_data.get(f"{prefixe}_mode") not in (None, "", AUCUN, AUCUNE)

    def sans_question(self) -> frozenset[str]:
        if self.cleaned_data["paye"] != OUI:
            return frozenset(self.fields) - {"mois", "paye"}
        return frozenset(
            n for p in self._prefixes() if not self._choisi(p) for n in (f"{p}_heures", f"{p}_cout", f"{p}_horaires")
        )

    def _dite(self, nom: str) -> str:
        return ("Oui" if self.cleaned_data[nom] else "Non") if nom.endswith("_horaires") else super()._dite(nom)

    def _faits(self, mois: dt.date) -> list[FaitDit]:
        """Of each child, then at home; where nothing was paid, that too: it replaces what was told of the month."""
        fin, paye = decaler(mois, 1), self.cleaned_data["paye"]
        faits = [FaitDit("garde_sans_depense", int(paye != OUI), mois, None if paye == PLUS else fin)]
        sujets = [(f"e{r}", "mode_garde", "garde", e.pk) for r, e in enumerate(self.enfants)]
        for prefixe, mode, racine, qui in [*sujets, ("d", "garde_domicile", "garde_domicile", None)]:
            lu = paye == OUI and self._choisi(prefixe)
            choix = NATURES[mode].valeurs.index(self.cleaned_data[f"{prefixe}_mode"]) if lu else 0
            faits.append(FaitDit(mode, choix, mois, fin, qui))
            if lu:
                faits += [
                    FaitDit(f"{racine}_{suite}", self.cleaned_data[f"{prefixe}_{suite}"], mois, fin, qui)
                    for suite in ("heures", "cout")
                ]
            if lu and qui is not None:
                horaires = int(self.cleaned_data[f"{prefixe}_horaires"])
                faits.append(FaitDit("garde_horaires_specifiques", horaires, mois, fin, qui))
        return faits

    def plan(self) -> Plan:
        mois = self.cleaned_data["depuis"]
        cause = f"Vous avez déclaré la garde de vos enfants de {en_lettres(mois)}."
        etapes = Etapes(faits=tuple(self._faits(mois)))
        modes = [self.cleaned_data[f"{p}_mode"] for p in self._prefixes() if self._choisi(p)]
        if self.cleaned_data["paye"] != OUI or set(modes) <= set(EMPLOIS):
            return Plan(self.titre, mois, cause, TOUT_DE_SUITE, etapes, droit=DROIT)
        suite = (
            "Vous : envoyez la facture ou l'attestation de la structure avant le "
            f"{jour_fr(echeance_d_une_piece(self.connu.jour))} (code de la sécurité sociale, art. D531-21, VI). "
            "Ensuite, un agent de votre Caf la vérifie et enregistre la garde : il vous répond avant le "
            f"{jour_fr(echeance_d_un_agent(self.connu.jour))}."
        )
        return Plan(
            self.titre, mois, cause, suite, a_verifier=etapes, piece="facture_de_garde",
            objet=f"Garde par une structure en {en_lettres(mois)} : facture à vérifier, puis à enregistrer",
        )  # fmt: skip

"""The form of the quarter: each figure known, the right one and why; each unknown, its amount; what is to add."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms

from limpide.dossiers.formulaires import ChampEuros, FormulaireDSFR
from limpide.dossiers.mois import en_lettres
from limpide.droits.faits import NATURES_PAR_CODE, Nature
from limpide.usagers.scellement import Recapitulatif
from limpide.usagers.trimestre.connu import Chiffre, MembreConnu

RAISONS = {
    "erreur": "L'organisme ou l'employeur s'est trompé",
    "autre_mois": "Cette somme m'a été versée un autre mois",
    "pas_a_moi": "Cette somme n'est pas à moi",
    "incomplet": "Il manque une somme",
    "frais": "Ce montant comprend des frais remboursés",
    "autre": "Autre raison, que j'écris",
}
RIEN = ("", "Rien à ajouter")
AJOUTS = ("ajout", "ajout2")
"""Two kinds of resources that nobody knew, for each person."""
LONGUEUR = 120


@dataclass(frozen=True)
class Dit:
    """What the person says of one resource of one month. `connu`: what the Caf knew (cents), from `source`."""

    membre: MembreConnu
    nature: Nature
    mois: dt.date
    montant: int
    connu: int | None = None
    source: str = ""
    raison: str = ""


def euros(centimes: int) -> str:
    return f"{centimes / 100:,.2f} €".replace(",", " ").replace(".", ",")


class FormulaireTrimestre(FormulaireDSFR):
    """Fields are named from ranks, kinds and months; see `Chiffre.cle`."""

    def __init__(self, *args: Any, membres: list[MembreConnu], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membres = membres
        for membre in membres:
            for chiffre in (c for ligne in membre.lignes for c in ligne.chiffres):
                self._figure(membre, chiffre)
            for ajout in AJOUTS:
                self._ajout(membre, ajout)

    def _figure(self, membre: MembreConnu, chiffre: Chiffre) -> None:
        inconnu, negatif = chiffre.montant is None, chiffre.nature.signe
        self.fields[f"{chiffre.cle}_montant"] = ChampEuros(
            label=chiffre.libelle if inconnu else f"Montant exact : {chiffre.libelle.lower()}",
            help_text=f"{membre.nom}. Montant net social si c'est un salaire, 0 s'il n'y a rien eu." if inconnu else "",
            required=inconnu, negatif=negatif,
        )  # fmt: skip
        if inconnu:
            return
        self.fields[f"{chiffre.cle}_raison"] = forms.ChoiceField(
            label=f"Pourquoi : {chiffre.libelle.lower()}", required=False,
            choices=[("", "Choisissez une raison"), *RAISONS.items()],
        )  # fmt: skip
        self.fields[f"{chiffre.cle}_precision"] = forms.CharField(
            label=f"Précision : {chiffre.libelle.lower()}", required=False, max_length=LONGUEUR,
            help_text="En quelques mots ; nécessaire pour une autre raison.",
            error_messages={"max_length": f"Écrivez {LONGUEUR} caractères au plus."},
        )  # fmt: skip

    def _ajout(self, membre: MembreConnu, ajout: str) -> None:
        encore = "Autre" if ajout == AJOUTS[0] else "Encore une autre"
        self.fields[f"{membre.cle}_{ajout}"] = forms.ChoiceField(
            label=f"{encore} ressource de {membre.nom}", required=False,
            choices=[RIEN, *((str(n.code), n.libelle) for n in membre.autres_natures)],
        )  # fmt: skip
        for mois in membre.mois:
            self.fields[f"{membre.cle}_{ajout}_{mois:%Y%m}"] = ChampEuros(
                label=f"Reçu en {en_lettres(mois)}{'' if ajout == AJOUTS[0] else ', de cette deuxième ressource'}",
                required=False,
                negatif=True,
            )

    def clean(self) -> dict[str, Any]:
        lus: dict[str, Any] = super().clean() or self.cleaned_data
        for membre in self.membres:
            for chiffre in (c for ligne in membre.lignes for c in ligne.chiffres if c.montant is not None):
                self._verifier_correction(chiffre, lus)
            for ajout in AJOUTS:
                self._verifier_ajout(membre, ajout, lus)
            codes = [lus[f"{membre.cle}_{ajout}"] for ajout in AJOUTS if lus.get(f"{membre.cle}_{ajout}")]
            if len(set(codes)) < len(codes):
                self.add_error(f"{membre.cle}_{AJOUTS[1]}", "C'est la même ressource : écrivez le total une fois.")
        return lus

    def _verifier_correction(self, chiffre: Chiffre, lus: dict[str, Any]) -> None:
        montant = lus.get(f"{chiffre.cle}_montant")
        raison, precision = lus.get(f"{chiffre.cle}_raison", ""), lus.get(f"{chiffre.cle}_precision", "")
        if montant is None:
            if (raison or precision) and f"{chiffre.cle}_montant" not in self.errors:
                self.add_error(f"{chiffre.cle}_montant", "Écrivez le montant exact, ou effacez la raison.")
        elif montant != chiffre.montant and not raison and f"{chiffre.cle}_raison" not in self.errors:
            self.add_error(f"{chiffre.cle}_raison", "Choisissez pourquoi ce montant est à corriger.")
        elif montant != chiffre.montant and raison == "autre" and not precision:
            self.add_error(f"{chiffre.cle}_precision", "Écrivez la raison en quelques mots.")

    def _verifier_ajout(self, membre: MembreConnu, ajout: str, lus: dict[str, Any]) -> None:
        code = lus.get(f"{membre.cle}_{ajout}")
        champs = [f"{membre.cle}_{ajout}_{m:%Y%m}" for m in membre.mois]
        if not code:
            if any(lus.get(champ) is not None for champ in champs):
                self.add_error(f"{membre.cle}_{ajout}", "Dites de quelle ressource il s'agit.")
            return
        for champ in champs:
            montant = lus.get(champ)
            if montant is None and champ not in self.errors:
                self.add_error(champ, "Écrivez un montant, ou 0 si rien n'a été reçu ce mois-là.")
            elif montant is not None and montant < 0 and not NATURES_PAR_CODE[int(code)].signe:
                self.add_error(champ, "Le montant ne peut pas être négatif.")

    def dits(self) -> list[Dit]:
        """Everything that differs from what is known, or that nobody had said; the form must be valid."""
        trouves = []
        for membre in self.membres:
            for c in (c for ligne in membre.lignes for c in ligne.chiffres):
                montant = self.cleaned_data[f"{c.cle}_montant"]
                if montant is not None and montant != c.montant:
                    trouves.append(Dit(membre, c.nature, c.mois, montant, c.montant, c.source, self._raison(c)))
            for ajout in AJOUTS:
                if code := self.cleaned_data[f"{membre.cle}_{ajout}"]:
                    lus = {m: self.cleaned_data[f"{membre.cle}_{ajout}_{m:%Y%m}"] for m in membre.mois}
                    trouves += [Dit(membre, NATURES_PAR_CODE[int(code)], m, montant) for m, montant in lus.items()]
        return trouves

    def _raison(self, c: Chiffre) -> str:
        if c.montant is None:
            return ""
        raison, precision = self.cleaned_data[f"{c.cle}_raison"], self.cleaned_data[f"{c.cle}_precision"]
        return " : ".join(x for x in (RAISONS[raison], precision) if x)

    def recapitulatif(self) -> Recapitulatif:
        """Each figure in words: confirmed, corrected with both values and the reason, or declared."""
        par_cle = {(d.membre.cle, d.nature.nom, d.mois): d for d in self.dits()}
        return [(f"{m.nom} ({m.role.lower()})", self._lignes(m, par_cle)) for m in self.membres]

    def _lignes(self, membre: MembreConnu, dits: dict[tuple[str, str, dt.date], Dit]) -> list[tuple[str, str]]:
        lignes = []
        for c in (c for ligne in membre.lignes for c in ligne.chiffres):
            dit = dits.pop((membre.cle, c.nature.nom, c.mois), None)
            if dit is None:
                reponse = f"{euros(c.montant or 0)}, connu de la Caf : confirmé"
            elif dit.connu is None:
                reponse = f"{euros(dit.montant)}, déclaré"
            else:
                reponse = f"{euros(dit.montant)} au lieu de {euros(dit.connu)}, connu de la Caf. Raison : {dit.raison}"
            lignes.append((c.libelle, reponse))
        ajouts = [d for cle, d in dits.items() if cle[0] == membre.cle]
        lignes += [(f"{d.nature.libelle}, {en_lettres(d.mois)}", f"{euros(d.montant)}, ajouté") for d in ajouts]
        return [*lignes, ("Autre ressource reçue pendant ces trois mois", "Celles ci-dessus" if ajouts else "Aucune")]

    @property
    def pages(self) -> list[dict[str, Any]]:
        """What the page shows, member by member: figures with their bound fields, and what may be added."""
        return [
            {
                "membre": m,
                "lignes": [(x.nature, [self._montrer(c) for c in x.chiffres]) for x in m.lignes],
                "ajouts": [self._montrer_ajout(m, ajout) for ajout in AJOUTS],
            }
            for m in self.membres
        ]

    def _montrer(self, c: Chiffre) -> dict[str, Any]:
        noms = [f"{c.cle}_{x}" for x in ("montant", "raison", "precision") if f"{c.cle}_{x}" in self.fields]
        return {"chiffre": c, "champs": [self[nom] for nom in noms], "ouvert": self._touche(noms)}

    def _montrer_ajout(self, membre: MembreConnu, ajout: str) -> dict[str, Any]:
        noms = [f"{membre.cle}_{ajout}", *(f"{membre.cle}_{ajout}_{x:%Y%m}" for x in membre.mois)]
        encore = ajout != AJOUTS[0]
        return {"champs": [self[nom] for nom in noms], "ouvert": self._touche(noms), "encore": encore}

    def _touche(self, noms: list[str]) -> bool:
        """Something was typed there, or kept in the draft, or is wrong: shown open."""
        if not self.is_bound:
            return any(self.initial.get(nom) for nom in noms)
        return any(self.data.get(nom) or nom in self.errors for nom in noms)

"""The simulated RNCPS: its own directory, that replaces a waiting number, and drops what is past its time (R114-28)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from limpide.identite.noms import normaliser
from limpide.monde.simulateurs import Incomprise, PartenaireSimule

CHEMIN, CONSULTER, DIFFERER = "/v1/publications", "/v1/consultations", "/v1/consultations/differees"
RECENSER = "/v1/consultations/collectives"
QUESTION = {"cle", "genre", "numero", "nom", "organisme", "agent", "motif"}
CAMPAGNE = ("organisme", "agent", "motif")
CHAMPS = {"cle", "genre", "numero", "nom", "prenoms", "date_naissance", "organisme", "rattachement", "prestations",
          "adresse", "courriel", "telephone"}  # fmt: skip
FACULTATIFS = {"remplace"}
ANNEES_GARDEES = 5


@dataclass
class Repertoire:
    """What the directory holds: by number, then by body."""

    fiches: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict, repr=False)
    noms: dict[str, str] = field(default_factory=dict, repr=False)
    vues: set[str] = field(default_factory=set)
    traces: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Who asked, why and in which mode, once for each key."""

    def inscrire(self, numero: str, nom: str, organisme: str, fiche: Mapping[str, Any]) -> None:
        """What one body says of one person. The end of an attachment doesn't replace a later one in the same body."""
        self.noms[numero] = nom
        connue, dit = self.fiches.get(numero, {}).get(organisme), fiche["rattachement"]
        if connue is not None and dit["jusqu_au"] is not None and dit["depuis"] < connue["rattachement"]["depuis"]:
            return
        self.fiches.setdefault(numero, {})[organisme] = {
            champ: fiche.get(champ) for champ in ("rattachement", "prestations", "adresse", "courriel", "telephone")
        }

    def publier(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """Line by line; a line already seen is received again without effect."""
        if not isinstance(question.get("lignes"), list):
            raise Incomprise("lignes manquantes")
        return {"cle": question.get("cle"), "lignes": [self._une(ligne) for ligne in question["lignes"]]}

    def _une(self, ligne: Mapping[str, Any]) -> dict[str, str]:
        if (de_trop := set(ligne) - CHAMPS - FACULTATIFS) or CHAMPS - set(ligne):
            nom = min(de_trop or CHAMPS - set(ligne))
            return {"cle": str(ligne.get("cle")), "etat": "refusee", "raison": f"champ {nom}"}
        if ligne["cle"] not in self.vues:
            self.vues.add(ligne["cle"])
            if (ancien := ligne.get("remplace")) is not None:
                # What other bodies already published under the new number stays.
                self.fiches.setdefault(ligne["numero"], {}).update(self.fiches.pop(ancien, {}))
            self.inscrire(ligne["numero"], ligne["nom"], ligne["organisme"], ligne)
        return {"cle": ligne["cle"], "etat": "recue"}

    def consulter(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """In real time: what every body says of one person, asked by number and name (R114-30, III)."""
        if set(question) != QUESTION:
            raise Incomprise("champs de la question")
        return self._dire(question, "temps_reel")

    def differer(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """From a list of numbers (R114-30, I): each line is answered, or refused with its reason."""
        return self._lister(question, QUESTION, "differe")

    def recenser(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """A campaign: one list, one purpose, one agent who answers for it, said at its head."""
        if set(question) != {"cle", "lignes", "campagne", *CAMPAGNE}:
            raise Incomprise("champs de la campagne")
        return self._lister(question, QUESTION - set(CAMPAGNE), "collectif")

    def _lister(self, question: Mapping[str, Any], champs: set[str], mode: str) -> dict[str, Any]:
        if not isinstance(question.get("lignes"), list):
            raise Incomprise("lignes manquantes")
        lignes = []
        for ligne in question["lignes"]:
            if set(ligne) != champs:
                nom = min(set(ligne) ^ champs)
                lignes.append({"cle": str(ligne.get("cle")), "etat": "refusee", "raison": f"champ {nom}"})
            else:
                tete = {champ: question[champ] for champ in (*CAMPAGNE, "campagne") if champ in question}
                lignes.append({"etat": "repondue", **self._dire(tete | ligne, mode)})
        return {"cle": question.get("cle"), "lignes": lignes}

    def _dire(self, question: Mapping[str, Any], mode: str) -> dict[str, Any]:
        qui = {champ: question[champ] for champ in (*CAMPAGNE, "campagne") if champ in question}
        self.traces.setdefault(question["cle"], qui | {"mode": mode})
        connu = normaliser(self.noms.get(question["numero"], "")) == normaliser(question["nom"])
        fiches = self.fiches.get(question["numero"], {}) if connu else {}
        return {"cle": question["cle"], "organismes": [{"organisme": nom, **f} for nom, f in sorted(fiches.items())]}

    def purger(self, jour: dt.date) -> int:
        """Attachments ended for more than five whole calendar years go; returns how many."""
        partis = 0
        for numero in list(self.fiches):
            for organisme, fiche in list(self.fiches[numero].items()):
                fin = fiche["rattachement"]["jusqu_au"]
                if fin is not None and jour > dt.date(int(fin[:4]) + ANNEES_GARDEES, 12, 31):
                    del self.fiches[numero][organisme]
                    partis += 1
            if not self.fiches[numero]:
                del self.fiches[numero]
        return partis


def rncps(repertoire: Repertoire) -> PartenaireSimule:
    """The partner, with this directory."""
    return PartenaireSimule(
        "rncps",
        {
            CHEMIN: repertoire.publier, CONSULTER: repertoire.consulter, DIFFERER: repertoire.differer,
            RECENSER: repertoire.recenser,
        },
    )  # fmt: skip

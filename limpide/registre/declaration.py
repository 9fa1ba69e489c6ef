"""What a processing of personal data declares, once, beside its code.

A declaration is at the same time the entry of the legal register (GDPR article 30), the PostgreSQL role,
the scope of its rows and the name stamped on each line of the journal. Tables are named by their Django
label (`identite.Personne`), columns by their attribute (`personne_id`): never "all columns".
"""

import dataclasses
import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping

PERIMETRES = ("organisme", "personne", "national")
GENRES = ("visiteur", "allocataire", "protecteur", "agent", "dpd", "partenaire", "systeme")
AUTOMATISATIONS = ("aucune", "assistee", "selon_donnees", "integrale")
VISIBILITES = ("immediate", "differee", "jamais")
ETATS = ("en_service", "a_construire", "remplacee", "close")
SORTS = ("suppression", "anonymisation", "archivage")
NATURES_D_ACTE = (
    "acte_reglementaire", "avis", "avis_repute_favorable", "decret", "arrete", "deliberation", "declaration",
    "engagement_de_conformite", "communique", "information_collective", "homologation", "conditions_d_utilisation",
    "aucun",
)  # fmt: skip
TOUTES_NATURES = ("*",)

_CLE = re.compile(r"[a-z][a-z0-9_]{2,39}")
_MODELE = re.compile(r"[a-z][a-z0-9_]*\.[A-Z][A-Za-z0-9]*")
_COLONNE = re.compile(r"[a-z_][a-z0-9_]*")

Colonnes = Mapping[str, tuple[str, ...]]


class DeclarationInvalide(ValueError):
    """A declaration is incomplete or contradicts itself; the message says what to write instead."""


def exiger(condition: object, message: str) -> None:
    """Refuse a declaration, with what to write instead."""
    if not condition:
        raise DeclarationInvalide(message)


def parmi(valeur: str, possibles: tuple[str, ...], champ: str) -> None:
    """Refuse a word that the vocabulary of this field doesn't have."""
    exiger(valeur in possibles, f"{champ} : « {valeur} » est inconnu ; attendu : {', '.join(possibles)}")


@dataclasses.dataclass(frozen=True, slots=True)
class Conservation:
    """How long: active base, intermediate archive, final outcome (CNIL's three stages), in plain French.

    `source`: the text that gives the durations said there. `proposees`: the words, as they stand above, of those that
    no text gives and that are ours. A check refuses a duration that is neither (`conservation/fondement.py`).
    """

    active: str
    intermediaire: str = "aucune"
    sort_final: str = "suppression"
    source: str = ""
    proposees: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        exiger(self.active.strip(), "conservation : la durée en base active manque")
        exiger(self.intermediaire.strip(), "conservation : écrire « aucune » s'il n'y a pas d'archivage")
        parmi(self.sort_final, SORTS, "conservation, sort final")
        exiger(
            isinstance(self.proposees, tuple), "conservation : « proposees » doit être un tuple (une virgule manque ?)"
        )
        for mots in self.proposees:
            exiger(
                mots.strip() and mots in f"{self.active}\n{self.intermediaire}",
                f"conservation : « {mots} », dit proposé, n'est pas dans le texte de la durée",
            )

    @property
    def fondement(self) -> str:
        """Where the durations come from, as the sheets publish it; empty when there is none to count."""
        proposee = (
            f"Durée proposée, à confirmer par le délégué : {' ; '.join(self.proposees)}" if self.proposees else ""
        )
        return ". ".join(filter(None, (self.source, proposee)))


@dataclasses.dataclass(frozen=True, slots=True)
class Acte:
    """A legal act that founds or accompanies the processing (decree, CNIL deliberation…).

    `reference`: its number (« 2017-039 »), where it has one; an opinion deemed favourable has none, nor a date.
    """

    nature: str
    intitule: str
    reference: str = ""
    date: dt.date | None = None

    def __post_init__(self) -> None:
        parmi(self.nature, NATURES_D_ACTE, "acte, nature")
        exiger(self.intitule.strip(), "acte : l'intitulé manque")
        exiger(
            self.nature != "avis_repute_favorable" or not (self.reference or self.date),
            "acte : un avis réputé favorable n'a ni numéro ni date (la CNIL a gardé le silence)",
        )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Traitement:
    """One processing: its legal sheet and the rights it gives on columns and rows.

    `lire`, `creer`, `modifier`: columns per table. `supprimer`: tables. `perimetre`: which rows.
    `natures`: the kinds of facts it may read (`natures_ecrites`: may record; by default the same).
    `genres`: who may open it. `sans_personne`: why rows are read without knowing whose they are.
    `visible_apres`: days before a deferred access is shown to the citizen (`visible_allocataire`).
    `pouvoir`: what a judge must have given to the protector who opens it for somebody (genre « protecteur »).
    `aussi`: other systems of the page that it realises with its own.
    `apprentissage`: the component that learns, if it uses one; it may then decide nothing.
    `archives`: why it reads files that left the active base (none does, unless it says so).
    `limitation`: why it still reaches files under limitation (RGPD art. 18.2); `limitation_consentie`: why it does when
    the person consents to it.
    """

    cle: str
    systeme: str
    intitule: str
    finalite: str
    base_legale: str
    personnes: tuple[str, ...]
    perimetre: str
    destinataires: tuple[str, ...]
    conservation: Conservation
    mesures: tuple[str, ...]
    droits_applicables: tuple[str, ...]
    information: str
    genres: tuple[str, ...]
    lire: Colonnes = dataclasses.field(default_factory=dict)
    creer: Colonnes = dataclasses.field(default_factory=dict)
    modifier: Colonnes = dataclasses.field(default_factory=dict)
    supprimer: tuple[str, ...] = ()
    natures: tuple[str, ...] = TOUTES_NATURES
    natures_ecrites: tuple[str, ...] | None = None
    actes: tuple[Acte, ...] = ()
    sous_finalites: tuple[str, ...] = ()
    responsable: str = "Caisse nationale des allocations familiales et caisses d'allocations familiales"
    article9: str = ""
    donnees_de_sante: bool = False
    transferts: tuple[str, ...] = ()
    visible_allocataire: str = "immediate"
    raison_visibilite: str = ""
    visible_apres: int = 0
    automatisation: str = "aucune"
    apprentissage: str = ""
    alias: tuple[str, ...] = ()
    etat: str = "en_service"
    remplacee_par: str = ""
    sans_personne: str = ""
    archives: str = ""
    limitation: str = ""
    limitation_consentie: str = ""
    aussi: tuple[str, ...] = ()
    pouvoir: str = ""
    par_lots: bool = False

    def __post_init__(self) -> None:
        try:
            self._verifier_fiche()
            self._verifier_droits()
        except DeclarationInvalide as erreur:
            message = f"traitement « {self.cle} » : {erreur}"
            raise DeclarationInvalide(message) from None

    def _verifier_fiche(self) -> None:
        exiger(
            _CLE.fullmatch(self.cle),
            "la clé s'écrit en minuscules sans accent, chiffres et « _ », 3 à 40 signes",
        )
        for champ in ("systeme", "intitule", "finalite", "base_legale", "information", "responsable"):
            exiger(str(getattr(self, champ)).strip(), f"le champ « {champ} » est vide")
        for champ in ("personnes", "destinataires", "mesures", "droits_applicables", "genres"):
            valeur = getattr(self, champ)
            exiger(isinstance(valeur, tuple), f"« {champ} » doit être un tuple (une virgule manque ?)")
            exiger(valeur and all(str(v).strip() for v in valeur), f"le champ « {champ} » est vide")
        parmi(self.perimetre, PERIMETRES, "périmètre")
        parmi(self.automatisation, AUTOMATISATIONS, "automatisation")
        parmi(self.visible_allocataire, VISIBILITES, "visible_allocataire")
        parmi(self.etat, ETATS, "état")
        for genre in self.genres:
            parmi(genre, GENRES, "genres")
        exiger(
            self.visible_allocataire == "immediate" or self.raison_visibilite.strip(),
            "une visibilité différée ou masquée exige sa raison légale (raison_visibilite)",
        )
        exiger(
            not self.apprentissage.strip() or self.automatisation == "aucune",
            "un composant qui apprend ne décide pas : il peut réviser lui-même ses règles (Conseil constitutionnel, "
            "n° 2018-765 DC)",
        )
        exiger(
            (self.visible_allocataire == "differee") == (self.visible_apres > 0),
            "une visibilité différée dit de combien de jours (visible_apres), et elle seule",
        )
        exiger(
            not (self.donnees_de_sante and self.automatisation == "integrale"),
            "aucune décision entièrement automatisée sur des données de santé (RGPD art. 22.4)",
        )
        exiger(
            not self.donnees_de_sante or self.article9.strip(),
            "des données de santé exigent l'exception de l'article 9 du RGPD (article9)",
        )
        exiger(
            ("protecteur" in self.genres) == bool(self.pouvoir) and (not self.pouvoir or self.perimetre == "personne"),
            "un protecteur n'ouvre qu'un traitement limité à une personne, qui dit le pouvoir exigé (pouvoir)",
        )
        exiger(self.etat != "remplacee" or self.remplacee_par, "état « remplacee » : dire par quoi")

    def _verifier_droits(self) -> None:
        for verbe in ("lire", "creer", "modifier"):
            for modele, colonnes in getattr(self, verbe).items():
                exiger(_MODELE.fullmatch(modele), f"{verbe} : « {modele} » s'écrit « piece.Modele »")
                exiger(
                    isinstance(colonnes, tuple) and colonnes,
                    f"{verbe} {modele} : donner un tuple de colonnes non vide",
                )
                for colonne in colonnes:
                    exiger(
                        _COLONNE.fullmatch(colonne),
                        f"{verbe} {modele} : « {colonne} » n'est pas un nom de colonne "
                        "(chaque colonne s'écrit en toutes lettres)",
                    )
                exiger(len(set(colonnes)) == len(colonnes), f"{verbe} {modele} : une colonne est répétée")
        for champ in ("supprimer", "natures", "aussi"):
            exiger(isinstance(getattr(self, champ), tuple), f"« {champ} » doit être un tuple")
        for modele in self.supprimer:
            exiger(_MODELE.fullmatch(modele), f"supprimer : « {modele} » s'écrit « piece.Modele »")
        exiger(
            self.etat == "en_service" or not (self.lire or self.creer or self.modifier or self.supprimer),
            f"état « {self.etat} » : un traitement qui n'est pas en service ne touche aucune colonne",
        )

    @property
    def modeles(self) -> tuple[str, ...]:
        """Labels of all the tables that this processing touches, sorted."""
        return tuple(sorted({*self.lire, *self.creer, *self.modifier, *self.supprimer}))

    @property
    def empreinte(self) -> str:
        """Version of the declaration, stamped on each journal line: 16 hexadecimal digits of a SHA-256."""
        fiche = dataclasses.asdict(self)
        texte = json.dumps(fiche, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(texte.encode()).hexdigest()[:16]

    def natures_pour(self, verbe: str) -> tuple[str, ...]:
        """The kinds of facts that may be read (`lire`) or written (any other verb)."""
        return self.natures if verbe == "lire" or self.natures_ecrites is None else self.natures_ecrites

"""Gathers the declarations of every room and checks them against the models they name."""

import dataclasses
import functools
import importlib
import importlib.util
from collections.abc import Iterable, Mapping

from django.apps import apps
from django.db.models import Model

from limpide.registre.declaration import DeclarationInvalide, Traitement
from limpide.registre.systeme import HORS_DE_LA_PAGE, Systeme, dans_l_ordre

VERBES = ("lire", "creer", "modifier")
# Tables that no room's model describes, with the reason why a processing may name them.
TABLES_TECHNIQUES: Mapping[str, str] = {
    "sessions.Session": "session du navigateur : contenu signé, lu par sa clé seule",
    "otp_totp.TOTPDevice": "second facteur : lu par le compte qui s'authentifie",
    "contenttypes.ContentType": "table de référence de Django, sans donnée personnelle",
}


@dataclasses.dataclass(frozen=True)
class Registre:
    """All processings by key, and what each may do, by model class and attribute name; the systems of the page.

    `salles`: the room that declares each system.
    """

    traitements: Mapping[str, Traitement]
    droits: Mapping[tuple[str, str], Mapping[type[Model], frozenset[str]]]
    suppressions: Mapping[str, frozenset[type[Model]]]
    empreintes: Mapping[str, str]
    systemes: Mapping[str, Systeme] = dataclasses.field(default_factory=dict)
    salles: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def traitements_de(self, code: str) -> tuple[Traitement, ...]:
        """The processings of a system, those in service first."""
        siens = [t for t in self.traitements.values() if code in (t.systeme, *t.aussi)]
        return tuple(sorted(siens, key=lambda t: (t.etat != "en_service", t.intitule)))

    def construit(self, code: str) -> bool:
        """Does it run here, by a processing or without needing any? Otherwise nobody built it yet, or it is closed."""
        return bool(self.systemes[code].sans_traitement) or any(
            traitement.etat == "en_service" for traitement in self.traitements_de(code)
        )

    def colonnes(self, cle: str, verbe: str, modele: type[Model]) -> frozenset[str]:
        """Attribute names that the processing may use on this table for this verb (empty: none)."""
        return self.droits[cle, verbe].get(_concret(modele), frozenset())


def _concret(modele: type[Model]) -> type[Model]:
    return modele._meta.concrete_model or modele


def _declarations() -> Iterable[tuple[str, Traitement]]:
    for application in apps.get_app_configs():
        nom = f"{application.name}.declarations"
        if importlib.util.find_spec(nom) is None:
            continue
        for traitement in importlib.import_module(nom).TRAITEMENTS:
            if not isinstance(traitement, Traitement):
                raise DeclarationInvalide(f"{nom} : TRAITEMENTS ne contient que des Traitement")
            yield application.label, traitement


def _systemes() -> Iterable[tuple[str, Systeme]]:
    """The systems that each room declares, in its `systemes.py`."""
    for application in apps.get_app_configs():
        nom = f"{application.name}.systemes"
        if importlib.util.find_spec(nom) is None:
            continue
        for systeme in importlib.import_module(nom).SYSTEMES:
            if not isinstance(systeme, Systeme):
                raise DeclarationInvalide(f"{nom} : SYSTEMES ne contient que des Systeme")
            yield application.label, systeme


def _verifier_systemes(traitements: Mapping[str, Traitement], systemes: Mapping[str, Systeme]) -> None:
    """Every processing belongs to systems of the page, alive."""
    for cle, traitement in traitements.items():
        for code in (traitement.systeme, *traitement.aussi):
            if code in HORS_DE_LA_PAGE:
                continue
            systeme = systemes.get(code)
            if systeme is None:
                raise DeclarationInvalide(f"traitement « {cle} » : le système « {code} » n'est pas de la page")
            if systeme.statut != "vivant" and traitement.etat == "en_service":
                raise DeclarationInvalide(f"traitement « {cle} » : le système {code} n'est plus vivant")


def modele_de(libelle: str, ou: str) -> type[Model]:
    """The model named by `piece.Modele`; a clear French error when there is none."""
    try:
        return apps.get_model(libelle)
    except LookupError:
        raise DeclarationInvalide(f"{ou} : le modèle « {libelle} » n'existe pas") from None


def _verifier_colonnes(ou: str, modele: type[Model], colonnes: tuple[str, ...]) -> frozenset[str]:
    connues = {champ.attname: champ for champ in modele._meta.concrete_fields}
    par_nom = {champ.name: champ.attname for champ in modele._meta.concrete_fields}
    for colonne in colonnes:
        if colonne in connues:
            continue
        conseil = f" ; écrire « {par_nom[colonne]} »" if colonne in par_nom else ""
        libelle = modele._meta.label
        raise DeclarationInvalide(f"{ou} : {libelle} n'a pas de colonne « {colonne} »{conseil}")
    return frozenset(colonnes)


def _verifier_modele(ou: str, traitement: Traitement, modele: type[Model]) -> None:
    from limpide.registre.modeles import Donnee

    libelle = modele._meta.label
    if not issubclass(modele, Donnee):
        if libelle not in TABLES_TECHNIQUES:
            raise DeclarationInvalide(
                f"{ou} : {libelle} n'est pas une Donnee du registre ; la dériver de limpide.registre.modeles.Donnee"
            )
        return
    if traitement.perimetre != "national" and traitement.perimetre not in modele.perimetres:
        possibles = ", ".join(modele.perimetres) or "national seulement"
        raise DeclarationInvalide(
            f"{ou} : {libelle} ne sait pas se limiter au périmètre « {traitement.perimetre} » "
            f"(connus : {possibles}) ; compléter « perimetres » sur le modèle"
        )


def _verifier_journal(ou: str, traitement: Traitement, modele: type[Model], lues: frozenset[str]) -> None:
    """What is read must say whose it is, otherwise the journal could not name the person."""
    from limpide.registre.modeles import Donnee

    if not issubclass(modele, Donnee) or traitement.sans_personne:
        return
    attendue = modele.personne_concernee or modele.dossier_concerne_effectif()
    if attendue and attendue not in lues:
        libelle = modele._meta.label
        raise DeclarationInvalide(
            f"{ou} : lire {libelle} exige la colonne « {attendue} » (le journal dit de qui est la ligne), "
            "ou la raison « sans_personne » de la déclaration"
        )


def _verifier_creation(ou: str, modele: type[Model], lues: frozenset[str]) -> None:
    from limpide.registre.modeles import Donnee

    cle = modele._meta.pk
    if cle is None or getattr(modele, "identifiant_prealloue", False) or not issubclass(modele, Donnee):
        return
    if cle.attname not in lues and cle in (modele._meta.db_returning_fields or ()):
        libelle = modele._meta.label
        raise DeclarationInvalide(
            f"{ou} : créer {libelle} rend son identifiant ; déclarer aussi lire « {cle.attname} », "
            "ou poser identifiant_prealloue sur le modèle"
        )


def _verifier_natures(ou: str, traitement: Traitement) -> None:
    from limpide.registre.modeles import Donnee

    for verbe in ("lire", "creer"):
        demandees = traitement.natures_pour(verbe)
        if demandees == ("*",):
            continue
        for libelle in traitement.modeles:
            modele = apps.get_model(libelle)
            if issubclass(modele, Donnee) and modele.colonne_nature:
                codes = modele.codes_natures()
                inconnues = sorted(set(demandees) - set(codes))
                if inconnues:
                    raise DeclarationInvalide(f"{ou} : natures inconnues : {', '.join(inconnues)}")


def rassembler(
    declarations: Iterable[tuple[str, Traitement]], systemes: Iterable[tuple[str, Systeme]] | None = None
) -> Registre:
    """Check each declaration against the models and index it; raises DeclarationInvalide in French.

    Without `systemes` (declarations of a test), processings are not held against the page.
    """
    traitements: dict[str, Traitement] = {}
    droits: dict[tuple[str, str], dict[type[Model], frozenset[str]]] = {}
    suppressions: dict[str, frozenset[type[Model]]] = {}
    for application, traitement in declarations:
        cle = traitement.cle
        ou = f"{application}, traitement « {cle} »"
        if cle in traitements:
            raise DeclarationInvalide(f"{ou} : cette clé est déjà prise par « {traitements[cle].intitule} »")
        traitements[cle] = traitement
        for libelle in traitement.modeles:
            _verifier_modele(ou, traitement, modele_de(libelle, ou))
        for verbe in VERBES:
            droits[cle, verbe] = {}
            for libelle, colonnes in getattr(traitement, verbe).items():
                modele = modele_de(libelle, ou)
                droits[cle, verbe][_concret(modele)] = _verifier_colonnes(ou, modele, colonnes)
        for modele, lues in droits[cle, "lire"].items():
            _verifier_journal(ou, traitement, modele, lues)
        for modele in droits[cle, "creer"]:
            _verifier_creation(ou, modele, droits[cle, "lire"].get(modele, frozenset()))
        suppressions[cle] = frozenset(_concret(apps.get_model(libelle)) for libelle in traitement.supprimer)
        _verifier_natures(ou, traitement)
    empreintes = {cle: traitement.empreinte for cle, traitement in traitements.items()}
    if systemes is None:
        return Registre(traitements, droits, suppressions, empreintes)
    declares = list(systemes)
    ordonnes = dans_l_ordre([systeme for _, systeme in declares])
    _verifier_systemes(traitements, ordonnes)
    salles = {systeme.code: salle for salle, systeme in declares}
    return Registre(traitements, droits, suppressions, empreintes, ordonnes, salles)


@functools.cache
def registre() -> Registre:
    """The register of this installation (computed once; declarations are code)."""
    return rassembler(_declarations(), _systemes())

"""System checks: what isn't tied to a processing doesn't start.

Every address and every command names its processing, every model with personal data says whose it is, every
declaration holds, and (with a database at hand) the login and the rights are those of the register.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, Tags
from django.core.management import get_commands, load_command_class
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.urls import URLPattern, URLResolver, get_resolver

from limpide.registre.collecte import registre
from limpide.registre.conservation.controles import verifier_conservation, verifier_les_durees, verifier_les_fiches
from limpide.registre.contexte import garde_levee
from limpide.registre.declaration import DeclarationInvalide
from limpide.registre.droits_voulus import droits_voulus
from limpide.registre.modeles import A_PRECISER, Donnee, RequetesDonnee
from limpide.registre.travaux.taches import taches

Applications = Sequence[AppConfig] | None


def verifier_declarations(app_configs: Applications, **_: Any) -> list[CheckMessage]:
    try:
        droits_voulus(registre())
    except DeclarationInvalide as erreur:
        return [Error(str(erreur), id="registre.E001")]
    return []


def verifier_modeles(app_configs: Applications, **_: Any) -> list[CheckMessage]:
    return [erreur for modele in apps.get_models() for erreur in _fautes_du_modele(modele)]


def _fautes_du_modele(modele: Any) -> Iterator[CheckMessage]:
    libelle = modele._meta.label
    if not issubclass(modele, Donnee):
        if modele.__module__.startswith("limpide."):
            yield Error(f"{libelle} : tout modèle de la maison dérive de Donnee", id="registre.E002")
        return
    colonnes = {champ.attname for champ in modele._meta.concrete_fields}
    personne = modele.personne_concernee
    if personne == A_PRECISER:
        yield Error(f"{libelle} : dire personne_concernee (une colonne, ou None)", id="registre.E003")
    elif personne is not None and personne not in colonnes:
        yield Error(f"{libelle} : personne_concernee = « {personne} » n'est pas une colonne", id="registre.E003")
    if not modele.perimetres and "perimetres" not in vars(modele):
        yield Error(
            f"{libelle} : dire perimetres (par organisme, par personne), ou {{}} s'il n'est que national",
            id="registre.E004",
        )
    for gestionnaire in (modele._base_manager, modele._default_manager):  # noqa: SLF001
        if not issubclass(gestionnaire._queryset_class, RequetesDonnee):  # noqa: SLF001
            yield Error(f"{libelle} : ses gestionnaires viennent de RequetesDonnee", id="registre.E005")


def verifier_adresses(app_configs: Applications, **_: Any) -> list[CheckMessage]:
    return [erreur for chemin, vue in adresses() for erreur in _fautes_de_la_vue(chemin, vue)]


def adresses(resolveur: URLResolver | None = None, prefixe: str = "/") -> Iterator[tuple[str, Any]]:
    """Every address of the site with its view, includes walked through."""
    for motif in (resolveur or get_resolver()).url_patterns:
        chemin = prefixe + str(motif.pattern)
        if isinstance(motif, URLPattern):
            yield chemin, motif.callback
        else:
            yield from adresses(motif, chemin)


def _marque(vue: Any, nom: str) -> Any:
    classe = getattr(vue, "view_class", None)
    return getattr(vue, nom, None) or getattr(classe, nom, None)


def _fautes_de_la_vue(chemin: str, vue: Any) -> Iterator[CheckMessage]:
    cles = _marque(vue, "registre_traitements") or ()
    yield from _cles_inconnues(f"l'adresse {chemin}", cles, "registre.E006")
    if cles or _marque(vue, "registre_sans_donnees"):
        return
    module = __import__("sys").modules.get(getattr(vue, "__module__", ""))
    if module is not None and module.__name__.startswith("limpide.socle.") and hasattr(module, "SANS_DONNEES"):
        return  # the ground imports no other room: its pages say it for their whole module
    yield Error(
        f"l'adresse {chemin} ne nomme aucun traitement",
        hint="Décorer la vue par @sous_traitement(…), @ouvre(…) ou @sans_donnees(…) (limpide.registre.vues).",
        id="registre.E006",
    )


def _cles_inconnues(ou: str, cles: Iterable[str], numero: str) -> Iterator[CheckMessage]:
    try:
        connues = registre().traitements
    except DeclarationInvalide:
        return  # already reported by verifier_declarations
    for cle in cles:
        if cle not in connues:
            yield Error(f"{ou} nomme « {cle} », absent du registre", id=numero)


def verifier_commandes(app_configs: Applications, **_: Any) -> list[CheckMessage]:
    return [
        erreur
        for nom, application in sorted(get_commands().items())
        if str(application).startswith("limpide.")
        for erreur in _fautes_de_la_commande(nom, load_command_class(str(application), nom))
    ]


def _fautes_de_la_commande(nom: str, commande: Any) -> Iterator[CheckMessage]:
    cles = getattr(commande, "traitement", ())
    cles = (cles,) if isinstance(cles, str) else tuple(cles)
    yield from _cles_inconnues(f"la commande « {nom} »", cles, "registre.E007")
    if not cles and not str(getattr(commande, "sans_traitement", "")).strip():
        yield Error(
            f"la commande « {nom} » ne nomme aucun traitement",
            hint="Poser sur la classe : traitement = « clé », ou sans_traitement = « raison ».",
            id="registre.E007",
        )


def verifier_travaux(app_configs: Applications, **_: Any) -> list[CheckMessage]:
    """Daily tasks hold together, and each names processings that exist."""
    try:
        return [
            faute
            for t in taches()
            for faute in _cles_inconnues(f"le travail « {t.cle} »", t.traitements, "registre.E012")
        ]
    except DeclarationInvalide as erreur:
        return [Error(str(erreur), id="registre.E012")]


def verifier_base(app_configs: Applications, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Only when a database is named: the login's own faults, then any drift."""
    from limpide.registre.ecarts import ecarts, fautes_du_login

    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    try:
        with garde_levee(), connections[DEFAULT_DB_ALIAS].cursor() as curseur:
            fautes = fautes_du_login(curseur)
            if fautes:
                return [Error(faute, id="registre.E008") for faute in fautes]
            phrases = ecarts(curseur)
    except DeclarationInvalide:
        return []  # already reported
    except DatabaseError as erreur:
        return [Error(f"base injoignable : {type(erreur).__name__}", id="registre.E009")]
    conseil = "Lancer « limpide registre_installer »."
    return [Error(phrase, hint=conseil, id="registre.E010") for phrase in phrases]


def verifier_teleservices(app_configs: Applications, **_: Any) -> list[CheckMessage]:
    """Every address belongs to an online service, or is named outside them with its reason."""
    from limpide.registre.teleservice import hors_teleservice, teleservice_de

    try:
        seules = [c for c, _ in adresses() if not hors_teleservice(c) and teleservice_de(c) is None]
    except DeclarationInvalide as erreur:
        return [Error(str(erreur), id="registre.E011")]
    conseil = (
        "L'ajouter à un téléservice (teleservices.py) ou à HORS_TELESERVICE avec sa raison (registre/teleservice.py)."
    )
    return [Error(f"l'adresse {c} n'est d'aucun téléservice", hint=conseil, id="registre.E011") for c in seules]


CONTROLES = (
    (verifier_declarations, Tags.models),
    (verifier_modeles, Tags.models),
    (verifier_conservation, Tags.models),
    (verifier_les_fiches, Tags.models),
    (verifier_les_durees, Tags.models),
    (verifier_adresses, Tags.urls),
    (verifier_teleservices, Tags.urls),
    (verifier_commandes, Tags.compatibility),
    (verifier_travaux, Tags.compatibility),
    (verifier_base, Tags.database),
)

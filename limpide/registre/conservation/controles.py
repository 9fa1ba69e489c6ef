"""System checks of retention: no table, no column without a rule; nothing that would block a purge or escape it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error
from django.db import models

from limpide.registre.collecte import modele_de, registre
from limpide.registre.conservation import fondement
from limpide.registre.conservation.durees import APRES_LA_RELATION
from limpide.registre.conservation.graphe import (
    DOSSIER,
    PERSONNE,
    CycleDeCles,
    liens,
    liens_directs,
    modeles,
    ordre,
    references_vers,
    retenus,
)
from limpide.registre.conservation.permission import CYCLE, PURGE
from limpide.registre.conservation.propres import PROPRES
from limpide.registre.conservation.regles import DATE, FIN_DE_LA_PERSONNE, FIN_DE_RELATION, SANS_PERSONNE, Retention
from limpide.registre.conservation.techniques import retention_de
from limpide.registre.declaration import DeclarationInvalide, Traitement

CONSEIL = "Poser « conservation = … » sur le modèle (limpide.registre.conservation.regles)."
Applications = Sequence[AppConfig] | None


def verifier_conservation(app_configs: Applications, **_: Any) -> list[CheckMessage]:
    fautes = [faute for modele in modeles() for faute in fautes_de_retention(modele)]
    return fautes or list(_fautes_de_l_ordre())


def fautes_de_retention(modele: Any) -> Iterator[CheckMessage]:
    """What is wrong with the retention of one table."""
    libelle, regle = modele._meta.label, retention_de(modele)
    if regle is None:
        yield Error(f"{libelle} : aucune durée de conservation", hint=CONSEIL, id="registre.E020")
        return
    colonnes = {champ.attname for champ in modele._meta.concrete_fields}
    for colonne in _colonnes_nommees(regle):
        if colonne not in colonnes:
            message = f"{libelle} : sa conservation nomme « {colonne} », qui n'est pas une colonne"
            yield Error(message, id="registre.E021")
    if regle.horloge == FIN_DE_RELATION and not liens(modele, DOSSIER):
        yield Error(f"{libelle} : rien ne relie ses lignes à un dossier, la purge ne les trouverait pas", hint=CONSEIL,
                    id="registre.E022")  # fmt: skip
    if regle.horloge == FIN_DE_LA_PERSONNE and not liens(modele, PERSONNE):
        yield Error(f"{libelle} : rien ne relie ses lignes à une personne, la purge ne les trouverait pas",
                    hint=CONSEIL, id="registre.E022")  # fmt: skip
    if regle.horloge == SANS_PERSONNE:
        yield from _fautes_sans_personne(modele, regle)
    if modele.__module__.startswith("limpide.") and (regle.horloge == SANS_PERSONNE or regle.agregation is not None):
        yield from _fautes_des_colonnes(modele, regle)
    if any(isinstance(c, models.Field) and c.name == "content_object" for c in modele._meta.private_fields):
        yield Error(f"{libelle} : une clé étrangère générique échappe à la purge", id="registre.E024")


def verifier_les_fiches(app_configs: Applications, **_: Any) -> list[CheckMessage]:
    """A processing that writes in the tables of a file says the duration that the purge applies."""
    try:
        declares = registre().traitements.values()
    except DeclarationInvalide:
        return []  # already reported
    return [
        Error(
            f"« {t.cle} » écrit dans des dossiers, et sa fiche n'annonce pas « {APRES_LA_RELATION} » de conservation",
            hint="Écrire conservation=fiche_du_dossier() (limpide.registre.conservation.fiches).",
            id="registre.E026",
        )
        for t in declares
        if t.etat == "en_service" and t.systeme != "demonstration" and _ecrit_dans_un_dossier(t)
        if str(APRES_LA_RELATION) not in f"{t.conservation.active} {t.conservation.intermediaire}"
    ]


def verifier_les_durees(app_configs: Applications, **_: Any) -> list[CheckMessage]:
    """Every duration of a table, of a sheet or of a clock has its text, or is said to be ours."""
    try:
        declares = registre()
    except DeclarationInvalide:
        return []  # already reported
    regles = [(m._meta.label, r) for m in modeles() if (r := retention_de(m)) is not None]
    fiches = [(cle, t.conservation) for cle, t in declares.traitements.items()]
    fiches += [(code, s.conservation) for code, s in declares.systemes.items()]
    return [
        *(_sans_fondement(ou, f) for ou, r in regles for f in fondement.fautes_de_la_regle(r)),
        *(_sans_fondement(f"« {ou} »", f) for ou, c in fiches for f in fondement.fautes_du_texte(c)),
        *(_sans_fondement(h.systeme, f) for h in PROPRES for f in fondement.fautes_de_l_horloge(h)),
    ]


def _sans_fondement(ou: str, faute: str) -> CheckMessage:
    return Error(
        f"{ou} : {faute}",
        hint="Citer le texte qui la donne, ou la dire proposée (limpide.registre.conservation.fondement).",
        id="registre.E028",
    )


def _ecrit_dans_un_dossier(traitement: Traitement) -> bool:
    ecrits = [modele_de(libelle, traitement.cle) for libelle in (*traitement.creer, *traitement.modifier)]
    return any(
        (r := retention_de(m)) is not None
        and r.horloge in (FIN_DE_RELATION, FIN_DE_LA_PERSONNE)
        and m._meta.app_label != "registre"
        for m in ecrits
    ) and traitement.cle not in (PURGE, CYCLE)


def _colonnes_nommees(regle: Retention) -> Iterator[str]:
    if regle.horloge == DATE:
        yield regle.colonne
    for precision in regle.plus_tot:
        yield from (c for c in (precision.colonne, precision.filtre[0] if precision.filtre else "") if c)
    if regle.statistique is not None:
        yield from regle.statistique.lit
    if regle.agregation is not None:
        a = regle.agregation
        yield from (*a.par, *a.efface, a.somme, a.marque)


def _fautes_sans_personne(modele: Any, regle: Retention) -> Iterator[CheckMessage]:
    libelle = modele._meta.label
    nommees = [c for genre in (DOSSIER, PERSONNE) for c in liens_directs(modele, genre)]
    if nommees:
        message = f"{libelle} : dite sans personne, elle nomme quelqu'un ou son dossier ({', '.join(nommees)})"
        yield Error(message, hint=CONSEIL, id="registre.E023")
    libres = [c.attname for c in modele._meta.concrete_fields if isinstance(c, models.JSONField | models.TextField)]
    if libres and modele.__module__.startswith("limpide.") and not regle.libre:
        message = f"{libelle} : dite sans personne, elle porte du texte libre ({', '.join(libres)})"
        yield Error(message, hint="Dire dans « libre » pourquoi rien n'y nomme quelqu'un.", id="registre.E023")


def _fautes_des_colonnes(modele: Any, regle: Retention) -> Iterator[CheckMessage]:
    """Rows that go take their columns along; where rows stay, each column is said to."""
    colonnes = {c.attname for c in modele._meta.concrete_fields if not (c.primary_key and c.attname == "id")}
    if inconnues := sorted(set(regle.restent) - colonnes):
        message = f"{modele._meta.label} : sa conservation nomme « {inconnues[0]} », qui n'est pas une colonne"
        yield Error(message, id="registre.E021")
    if oubliees := sorted(colonnes - set(regle.restent)):
        yield Error(
            f"{modele._meta.label} : ses lignes restent, et rien ne dit que « {', '.join(oubliees)} » peut rester",
            hint="La nommer dans « restent » de sa conservation, si elle ne dit rien de personne.",
            id="registre.E027",
        )


def _fautes_de_l_ordre() -> Iterator[CheckMessage]:
    """Foreign keys towards rows that go, from rows that stay: PostgreSQL would refuse the purge."""
    try:
        dossiers, personnes = set(ordre(DOSSIER)), set(ordre(PERSONNE))
    except CycleDeCles as erreur:
        yield Error(str(erreur), id="registre.E025")
        return
    for modele, champ in references_vers(dossiers | personnes):
        cible = champ.remote_field.model._meta.concrete_model
        part_avec = modele in dossiers or (modele in personnes and cible in personnes)
        if not part_avec:
            yield Error(
                f"{modele._meta.label}.{champ.attname} bloquerait la purge : ses lignes restent, et nomment "
                f"{cible._meta.label} qui s'efface",
                hint=CONSEIL,
                id="registre.E025",
            )


__all__ = ["fautes_de_retention", "retenus", "verifier_conservation", "verifier_les_durees", "verifier_les_fiches"]

"""The declared processings of the engine, computed from the models' own rules: a new table is in them by itself."""

from typing import Any

from limpide.registre.alertes import COLONNES_SIGNALEES
from limpide.registre.conservation.gels import COLONNES_GEL, COLONNES_LEVEE
from limpide.registre.conservation.graphe import DOSSIER, PERSONNE, colonnes_lues, modeles, ordre, racine
from limpide.registre.conservation.permission import CYCLE, GEL, PURGE
from limpide.registre.conservation.regles import DATE
from limpide.registre.conservation.relations import fichiers, lectures, lectures_des_contacts, unir
from limpide.registre.conservation.techniques import retention_de
from limpide.registre.declaration import Acte, Colonnes, Conservation, Traitement

ARCHIVAGE = (
    "id", "dossier_id", "organisme", "etat", "fin_de_relation", "efface_apres", "archive_le", "prevenu_le",
    "grace_jusqu_au", "canal", "avis",
)  # fmt: skip
RAPPORT = ("id", "etat", "commence_le", "termine_le", "regles", "contenu", "signature", "cle_publique")
EFFACEMENT = ("id", "rapport_id", "organisme", "horloge", "modele", "sort", "nombre", "regle", "efface_le")
ACTES = (Acte("aucun", "Page « Informatique et libertés » de la Cnaf, section 4 : durées de conservation"),)
BASE = "RGPD art. 5.1.e et 17, loi n° 78-17 du 6 janvier 1978, art. 4 : obligation légale (RGPD art. 6.1.c)"
CONSERVATION = Conservation(
    active="le temps de l'opération",
    intermediaire="rapports et effacements : sans limite, aucune donnée de personne",
)
SANS_PERSONNE = "Des numéros de dossier et des nombres : rien n'est chargé de la vie des personnes"


def _liens() -> dict[str, tuple[str, ...]]:
    """What finding the rows of a file or of a person reads, table by table."""
    lus: dict[str, tuple[str, ...]] = {}
    for genre in (DOSSIER, PERSONNE):
        for modele in ordre(genre):
            colonnes = colonnes_lues(modele, genre) | _references(modele)
            lus = unir(lus, {modele._meta.label: tuple(sorted(colonnes))})
    return lus


def _references(modele: Any) -> set[str]:
    """Foreign keys of the table: what tells who is still named elsewhere."""
    return {c.attname for c in modele._meta.concrete_fields if c.remote_field is not None}


def _comptes() -> tuple[Colonnes, Colonnes, Colonnes]:
    """(read, created, modified) by the statistics, the aggregations and the files of the rooms."""
    lus: dict[str, tuple[str, ...]] = {}
    crees: dict[str, tuple[str, ...]] = {}
    modifies: dict[str, tuple[str, ...]] = {}
    for modele in modeles():
        regle, libelle = retention_de(modele), modele._meta.label
        if regle is not None and regle.statistique is not None:
            s = regle.statistique
            lus = unir(lus, {libelle: s.lit, s.vers: (*s.ecrit, "id")})
            crees = unir(crees, {s.vers: s.ecrit})
        if regle is not None and regle.agregation is not None:
            a = regle.agregation
            lus = unir(lus, {libelle: (*a.par, a.somme, a.marque, *a.efface)})
            modifies = unir(modifies, {libelle: (*a.efface, a.somme, a.marque)})
    for tenus in fichiers():
        lus, modifies = unir(lus, tenus.lit), unir(modifies, tenus.modifie)
    return lus, crees, modifies


def _purge() -> Traitement:
    lus, crees, modifies = _comptes()
    return Traitement(
        cle=PURGE,
        systeme="S43",
        limitation="La conservation reste permise (RGPD art. 18.2)",
        intitule="Effacement des dossiers au terme de leur conservation",
        finalite="Effacer partout ce qui a atteint la durée de conservation, et en garder une preuve sans personne",
        sous_finalites=(
            "Vérifier une dernière fois que rien ne retient le dossier",
            "Compter ce qui s'efface, sans identité, pour que les comptes restent justes",
            "Signer un rapport qui ne porte que des nombres",
        ),
        base_legale=BASE,
        actes=ACTES,
        personnes=("Anciens allocataires et membres de leur foyer",),
        lire=unir(
            lectures(), _liens(), lus,
            {"registre.Archivage": ARCHIVAGE, "registre.Gel": COLONNES_GEL, "registre.RapportPurge": RAPPORT,
             "registre.Effacement": EFFACEMENT, "sessions.Session": ("session_key", "session_data", "expire_date")},
        ),
        creer=unir(crees, {"registre.RapportPurge": RAPPORT[1:], "registre.Effacement": EFFACEMENT[1:]}),
        modifier=unir(
            modifies, {"registre.RapportPurge": ("etat", "termine_le", "contenu", "signature", "cle_publique")}
        ),
        supprimer=tuple(
            dict.fromkeys([*(m._meta.label for g in (DOSSIER, PERSONNE) for m in ordre(g)), "sessions.Session"])
        ),
        perimetre="national",
        destinataires=("Délégué à la protection des données : nombres seulement",),
        conservation=CONSERVATION,
        mesures=(
            "La base refuse d'effacer un dossier non échu, gelé, ou dont la personne n'est pas prévenue",
            "À blanc par défaut ; rapport signé, sans donnée de personne",
        ),
        droits_applicables=("Accès", "Limitation", "Effacement"),
        information="Six ans au plus après la fin de votre relation avec votre caisse, vos données sont effacées.",
        genres=("systeme",),
        sans_personne=SANS_PERSONNE,
        archives="L'effacement porte sur les archives",
    )  # fmt: skip


def _cycle() -> Traitement:
    precis = [m for m in modeles() if (r := retention_de(m)) is not None and (r.plus_tot or r.horloge == DATE)]
    lus = {
        m._meta.label: tuple(c.attname for c in m._meta.concrete_fields if c.attname in _colonnes_precises(m))
        for m in precis
    }
    return Traitement(
        cle=CYCLE,
        systeme="S43",
        limitation="La conservation reste permise (RGPD art. 18.2)",
        intitule="Suivi des durées de conservation",
        finalite="Dater la fin de chaque relation, sortir de la base active ce qui n'y sert plus, prévenir",
        sous_finalites=(
            "Mettre en archive les dossiers dont la relation est finie depuis deux ans",
            "Effacer plus tôt les données de santé, les brouillons, les sessions finies",
            "Prévenir trente jours avant l'effacement",
            "Rendre à la base active un dossier dont la relation reprend",
            "Signaler au délégué les dossiers arrivés à leur terme : une personne décide de leur effacement",
        ),
        base_legale=BASE,
        actes=ACTES,
        personnes=("Allocataires et membres de leur foyer, par leur numéro interne de dossier",),
        lire=unir(
            lectures(), lectures_des_contacts(), lus, _liens(),
            {"registre.Archivage": ARCHIVAGE, "registre.Gel": COLONNES_GEL, "registre.Effacement": EFFACEMENT,
             "registre.Examen": ("id", "fait_le", "contenu")},
        ),
        creer={
            "registre.Archivage": ARCHIVAGE[1:], "registre.Effacement": EFFACEMENT[1:],
            "registre.Examen": ("fait_le", "contenu"), "registre.Alerte": COLONNES_SIGNALEES,
        },
        modifier={
            "registre.Archivage": (
                "etat", "fin_de_relation", "efface_apres", "prevenu_le", "grace_jusqu_au", "canal", "avis"),
        },
        supprimer=("registre.Archivage", *(m._meta.label for m in precis)),
        perimetre="national",
        destinataires=("Délégué à la protection des données : nombres seulement",),
        conservation=CONSERVATION,
        mesures=("À blanc par défaut", "Un dossier archivé n'est lu que par les traitements qui disent pourquoi"),
        droits_applicables=("Accès", "Limitation"),
        information="Deux ans après la fin de votre relation avec votre caisse, votre dossier est mis en archive. Vous "
        "êtes prévenu avant son effacement.",
        genres=("systeme",),
        article9="RGPD art. 9.2.b : obligations en matière de protection sociale",
        donnees_de_sante=True,
        sans_personne=SANS_PERSONNE,
        archives="Le suivi des archives",
    )  # fmt: skip


def _gel() -> Traitement:
    dossier = racine(DOSSIER)
    return Traitement(
        cle=GEL,
        systeme="S43",
        limitation="La conservation reste permise (RGPD art. 18.2)",
        intitule="Gel de l'effacement d'un dossier",
        finalite="Garder un dossier que la justice ou un contrôle demande de garder, jusqu'à ce que le gel soit levé",
        base_legale=BASE,
        actes=ACTES,
        personnes=("Allocataires et membres de leur foyer, par leur numéro interne de dossier",),
        lire={
            dossier._meta.label: tuple(dict.fromkeys(("id", "organisme_id", dossier.personne_concernee))),
            "registre.Gel": COLONNES_GEL,
        },
        creer={"registre.Gel": COLONNES_GEL[1:]},
        modifier={"registre.Gel": COLONNES_LEVEE},
        perimetre="national",
        destinataires=("Délégué à la protection des données",),
        conservation=CONSERVATION,
        mesures=(
            "Un gel se pose une fois et se lève une fois : la base refuse toute autre modification",
            "Numéros internes seulement : ni nom, ni NIR",
            "Second facteur d'authentification",
        ),
        droits_applicables=("Accès", "Limitation"),
        information="Si la justice ou un contrôle le demande, votre dossier est gardé plus longtemps.",
        genres=("dpd",),
        archives="Un dossier archivé se gèle aussi",
    )


def _colonnes_precises(modele: Any) -> set[str]:
    regle = retention_de(modele)
    if regle is None:
        return set()
    noms = {modele._meta.pk.attname, regle.colonne, "dossier_id"}
    for precision in regle.plus_tot:
        noms |= {precision.colonne, precision.filtre[0] if precision.filtre else ""}
        noms |= {modele.colonne_nature} if precision.natures else set()
    return noms


SUPERVISION = {
    "registre.Gel": COLONNES_GEL,
    "registre.Examen": ("id", "fait_le", "contenu"),
    "registre.RapportPurge": RAPPORT,
    "registre.Effacement": EFFACEMENT,
}
"""What the officer reads: counts, reports, freezes by number."""


def traitements() -> tuple[Traitement, ...]:
    """The processings of the engine."""
    return (_cycle(), _gel(), _purge())

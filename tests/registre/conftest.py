"""A few persons in two Caf, and processings declared for the tests on top of the house's own."""

from collections.abc import Iterator
from typing import Any

import pytest

from limpide.registre import collecte
from limpide.registre.contexte import Acteur
from limpide.registre.declaration import Conservation, Traitement

AGENT = Acteur("agent", 7, "Caf 751")
PERSONNES = 100  # even numbers belong to Caf 751, odd ones to Caf 131


def declarer(cle: str, **champs: Any) -> Traitement:
    """A complete declaration, where only what matters to the test is said."""
    return Traitement(
        **{
            "cle": cle,
            "systeme": "demonstration",
            "intitule": f"Essai {cle}",
            "finalite": "Éprouver le registre",
            "base_legale": "aucune : essai",
            "personnes": ("Personnes fictives",),
            "perimetre": "organisme",
            "destinataires": ("Aucun",),
            "conservation": Conservation("le temps du test"),
            "mesures": ("Base jetable",),
            "droits_applicables": ("Aucun",),
            "information": "Essai",
            "genres": ("agent", "systeme"),
        }
        | champs
    )


ESSAIS = (
    declarer(
        "essai_guichet",
        lire={
            "identite.Organisme": ("code", "nom"),
            "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms", "date_naissance", "cle_naissance"),
            "identite.Affiliation": ("id", "personne_id", "organisme_id", "allocataire_id", "qualite", "valide"),
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "clos_le", "motif_cloture"),
            "dossiers.Fait": ("id", "dossier_id", "organisme_id", "personne_id", "nature", "valeur"),
        },
        creer={
            "identite.Personne": ("nom_naissance", "nom_usage", "prenoms", "sexe", "date_naissance",
                                  "lieu_naissance_code", "pays_naissance", "statut_identite"),
            "identite.Affiliation": ("personne_id", "organisme_id", "allocataire_id", "qualite", "valide"),
        },
        modifier={"identite.Personne": ("nom_usage",)},
        natures=("salaire_net", "chomage_net"),
    ),
    declarer(
        "essai_personne",
        perimetre="personne",
        genres=("allocataire",),
        lire={
            "identite.Personne": ("id", "nom_naissance"),
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id"),
        },
    ),
    declarer(
        "essai_national",
        perimetre="national",
        genres=("systeme",),
        lire={
            "identite.Personne": ("id", "nom_naissance", "lieu_naissance_code"),
            "identite.Affiliation": ("id", "personne_id"),
        },
        modifier={"identite.Personne": ("lieu_naissance_code",)},
        supprimer=("identite.Affiliation",),
    ),
    declarer(
        "essai_veille",
        creer={
            "registre.Alerte": ("cle", "genre", "gravite", "texte", "echeance", "lignes_compte", "lignes_dossier",
                                "lignes_du", "lignes_au"),
        },
    ),
)  # fmt: skip

POPULATION = """
SET LOCAL session_replication_role = replica;
INSERT INTO identite_organisme (code, nom, departement, bic_emetteur)
    VALUES ('751', 'Caf de Paris', '75', ''), ('131', 'Caf des Bouches-du-Rhône', '13', '')
    ON CONFLICT DO NOTHING;
INSERT INTO identite_personne (id, nom_naissance, nom_usage, prenoms, sexe, date_naissance,
                               lieu_naissance_code, pays_naissance, statut_identite)
    OVERRIDING SYSTEM VALUE
    SELECT i, 'ESSAI' || i, '', 'Prénom' || i, 'F', date '1980-01-01' + i, '', '99100', 'declare'
    FROM generate_series(1, 100) i;
SELECT setval(pg_get_serial_sequence('identite_personne', 'id'), 1000);
INSERT INTO identite_affiliation (personne_id, organisme_id, allocataire_id, qualite, valide)
    SELECT id, CASE WHEN id % 2 = 0 THEN '751' ELSE '131' END, id, 'demandeur', daterange('2020-01-01', NULL)
    FROM identite_personne;
INSERT INTO dossiers_dossier (id, organisme_id, numero, allocataire_id, ouvert_le, motif_cloture)
    OVERRIDING SYSTEM VALUE
    SELECT id, CASE WHEN id % 2 = 0 THEN '751' ELSE '131' END, lpad(id::text, 7, '0'), id, '2020-01-01', ''
    FROM identite_personne;
INSERT INTO dossiers_fait (dossier_id, organisme_id, personne_id, nature, valeur, valide, connu, source, auteur)
    SELECT d.id, d.organisme_id, d.allocataire_id, n, 100, daterange('2026-01-01', '2026-02-01'),
           tstzrange('2026-01-05', NULL), 'agent', 'essai'
    FROM dossiers_dossier d CROSS JOIN unnest(%s::smallint[]) n;
"""


@pytest.fixture(scope="module")
def essais(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The house's register plus the processings of the tests, installed, then taken away."""
    from limpide.registre.installation import installer

    d_origine = collecte._declarations
    collecte._declarations = lambda: [*d_origine(), *(("essais", t) for t in ESSAIS)]  # type: ignore[assignment]
    try:
        with django_db_blocker.unblock():
            collecte.registre.cache_clear()
            installer()
            yield
    finally:
        collecte._declarations = d_origine
        collecte.registre.cache_clear()
        with django_db_blocker.unblock():
            installer()


@pytest.fixture
def population(base: None, essais: None) -> None:
    """Persons, files and facts of three kinds, written by the owner and committed."""
    from django.db import connections, transaction

    from limpide.dossiers.models import Fait

    codes = Fait.codes_natures()
    natures = [codes["salaire_net"], codes["chomage_net"], codes["taux_incapacite"]]
    with transaction.atomic(using="proprietaire"), connections["proprietaire"].cursor() as curseur:
        for ordre in POPULATION.split(";\n"):
            if ordre.strip():
                curseur.execute(ordre, [natures] if "%s" in ordre else None)


@pytest.fixture
def sql(base: None) -> Any:
    """Run text as the application's login, inside whatever processing is open."""
    from django.db import connection

    def executer(texte: str, parametres: Any = None) -> Any:
        with connection.cursor() as curseur:
            curseur.execute(texte, parametres)
            return curseur.fetchall() if curseur.description else curseur.rowcount

    return executer


@pytest.fixture
def journal(base: None) -> Any:
    """The journal's lines, read by the owner: (action, processing, person, file, object)."""
    from django.db import connections

    def lire(action: str | None = None) -> list[tuple[Any, ...]]:
        with connections["proprietaire"].cursor() as curseur:
            curseur.execute(
                "SELECT action, traitement, personne_id, dossier_id, objet FROM registre_journal"
                " WHERE %s::text IS NULL OR action = %s ORDER BY id",
                [action, action],
            )
            return list(curseur.fetchall())

    return lire

"""The menu of Mon Compte: seven words on one row, and under the one where the reader is, its pages.

A page of the space is written here once. `aussi`: names of the addresses reached from a page, which keep it marked.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """`nom`: of its address in `usagers.urls`. `personnelle`: not for who acts in somebody's name."""

    nom: str
    mots: str
    aussi: tuple[str, ...] = ()
    personnelle: bool = False

    @property
    def adresse(self) -> str:
        return f"usagers:{self.nom}"


@dataclass(frozen=True)
class Groupe:
    mots: str
    pages: tuple[Page, ...]


GROUPES = (
    Groupe(
        "Mes droits",
        (
            Page("compte", "Ce mois-ci", ("pourquoi", "changements")),
            Page("droits_possibles", "Droits possibles", ("simuler", "simulation_portee")),
            Page("decisions", "Mes décisions", ("lettre", "detail", "recours", "depuis_la_precedente")),
        ),
    ),
    Groupe(
        "Mes paiements",
        (
            Page("paiements", "Mes versements"),
            Page("indus", "Versé en trop"),
            Page("attestations", "Attestations", ("attestation",)),
        ),
    ),
    Groupe(
        "Mes démarches",
        (
            Page("trimestre", "Déclarer mon trimestre"),
            Page("demander", "Demander une aide"),
            Page("mes_demandes", "Mes demandes"),
            Page("mes_documents", "Mes documents", ("envoyer_document",)),
            Page("changement", "Déclarer un changement", ("changement_saisir", "changement_relire")),
        ),
    ),
    Groupe(
        "Messages",
        (
            Page("messages", "Mes messages", ("ecrire_message", "conversation")),
            Page(
                "rendez_vous",
                "Rendez-vous",
                ("prendre_rendez_vous", "deplacer_rendez_vous", "annuler_rendez_vous"),
            ),
        ),
    ),
    Groupe(
        "Ma situation",
        (
            Page("situation", "Ce que la Caf connaît", ("signaler", "signaler_autre", "residence")),
            Page("erreurs", "Erreurs signalées"),
        ),
    ),
    Groupe(
        "Mes données",
        (
            Page("consultations", "Qui a vu mon dossier"),
            Page("conservation", "Durée de conservation"),
            Page("mes_donnees", "Recevoir mes données"),
            Page("rncps", "Ce que d'autres caisses lisent"),
        ),
    ),
    Groupe(
        "Mon accès",
        (
            Page("connexions", "Mes connexions", ("facteur",), personnelle=True),
            Page("coordonnees", "Mes coordonnées", personnelle=True),
            Page("infolettres", "Mes lettres d'information", personnelle=True),
            Page("dossiers", "Agir pour quelqu'un"),
            Page("supprimer_compte", "Supprimer mon compte", personnelle=True),
        ),
    ),
)


@dataclass(frozen=True)
class Menu:
    """`groupes`: (group, its first page, is the reader in it). `pages`: of that group, (page, is it this one)."""

    groupes: list[tuple[Groupe, Page, bool]]
    ouvert: str
    pages: list[tuple[Page, bool]]


def lire(ici: str, *, au_nom: bool) -> Menu:
    """The menu seen from the address named `ici`."""
    groupes: list[tuple[Groupe, Page, bool]] = []
    ouvert, siennes = "", list[tuple[Page, bool]]()
    for groupe in GROUPES:
        pages = [page for page in groupe.pages if not (au_nom and page.personnelle)]
        dedans = any(ici == page.nom or ici in page.aussi for page in pages)
        groupes.append((groupe, pages[0], dedans))
        if dedans and len(pages) > 1:
            ouvert, siennes = groupe.mots, [(page, ici == page.nom) for page in pages]
    return Menu(groupes, ouvert, siennes)

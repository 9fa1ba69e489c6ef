"""The agents' menu: seven words at the most. What waits, queue by queue, is behind « À faire ».

Addresses are named, never called: pages of other rooms stand here as they do in a template.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entree:
    """One word. `dedans`: the pages reached from it, which keep it marked."""

    adresse: str
    mots: str
    dedans: tuple[str, ...] = ()


AUTRES_PAGES = (
    ("dossiers:identites_a_traiter", "Identités à traiter"),
    ("dossiers:coordonnees_a_revoir", "Coordonnées à revoir"),
    ("dossiers:acces_a_suivre", "Accès à suivre"),
    ("dossiers:rncps_reponses", "Réponses du Rncps"),
    ("dossiers:rncps_campagnes", "Campagnes du Rncps"),
    ("dossiers:proches", "Mes dossiers proches"),
    ("paiements:archives", "Archives"),
)
"""Behind « À faire » too, without a figure: counting these reads persons, and would write it in their journal."""

MENU = (
    Entree("dossiers:accueil", "Rechercher un dossier", ("dossiers:motif",)),
    Entree(
        "dossiers:a_faire",
        "À faire",
        (
            "dossiers:a_verifier", "dossiers:demandes_a_traiter", "dossiers:documents_a_examiner", "dossiers:taches",
            "dossiers:details", "dossiers:protecteurs_a_traiter", "relation:messages", "relation:notes_a_relire",
            *(adresse for adresse, _ in AUTRES_PAGES),
        ),
    ),
    Entree("relation:agenda", "Rendez-vous", ("relation:ouvrir_creneaux", "relation:rendez_vous")),
    Entree("relation:accueil_telephonique", "Accueil téléphonique"),
    Entree("relation:contacts_en_chiffres", "Contacts en chiffres"),
    Entree("redaction:liste", "Lettres d'information", ("redaction:ecrire", "redaction:lettre")),
)  # fmt: skip


def lire(ici: str) -> list[tuple[Entree, str]]:
    """(entry, what `aria-current` says: « page » on it, « true » inside it, or nothing)."""
    return [(e, "page" if e.adresse == ici else "true" if ici in e.dedans else "") for e in MENU]

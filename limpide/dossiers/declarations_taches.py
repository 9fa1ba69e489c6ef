"""The processing of the agents' tasks, and the columns that those who open or read one declare."""

from limpide.identite.declarations_protecteurs import ACCES_OUVERT
from limpide.registre import clauses
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Traitement

TACHES_AGENTS = "taches_agents"
TACHE = (
    "id", "dossier_id", "organisme_id", "personne_id", "genre", "cle", "objet", "detail", "creee_le", "echeance",
    "auteur", "etat", "traitee_le", "agent", "reponse", "reponse_personne", "repondue_le",
)  # fmt: skip
TACHE_SUIVIE = tuple(c for c in TACHE if c not in {"detail", "reponse_personne"})
"""Where a task stands, without what other tasks of the file say."""
TACHE_CREEE = tuple(c for c in TACHE if c != "id")
TACHE_TRAITEE = ("etat", "traitee_le", "agent", "reponse")
TACHE_REPONDUE = ("reponse_personne", "repondue_le")

TRAITEMENTS_TACHES = (
    Traitement(
        cle=TACHES_AGENTS,
        systeme="S06",
        intitule="Tâches des agents : ce qu'une personne signale ou que deux sources contredisent",
        finalite="Vérifier, répondre à la personne, et garder la trace de la réponse",
        sous_finalites=(
            "Lister ce qui attend, par échéance, sans nom",
            "Répondre à la personne, qui lit la réponse dans Mon Compte",
        ),
        base_legale="Code de la sécurité sociale, art. L114-19 et L583-3 : mission d'intérêt public (RGPD art. 6.1.e)",
        actes=(),
        personnes=(clauses.FOYER,),
        lire={
            "identite.Personne": ("id", "nom_naissance", "nom_usage", "prenoms"),
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
            "dossiers.TacheAgent": TACHE,
            "identite.AccesProtecteur": ACCES_OUVERT,
        },
        modifier={"dossiers.TacheAgent": TACHE_TRAITEE},
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "L'allocataire lui-même"),
        conservation=fiche_du_dossier(),
        mesures=(
            "Second facteur d'authentification des agents",
            "La liste montre des numéros de dossier, sans nom ; ouvrir une tâche laisse une ligne au journal",
            "Une tâche ne change aucun droit : un agent corrige le dossier, ou répond",
        ),
        droits_applicables=("Information", "Accès", "Rectification", "Limitation"),
        information="Quand vous signalez une erreur, ou que deux informations se contredisent, un agent de votre Caf "
        "vérifie et vous répond. Vous lisez sa réponse dans Mon Compte.",
        genres=("agent",),
    ),
)

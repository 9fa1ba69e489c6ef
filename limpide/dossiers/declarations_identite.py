"""The agents' processing of identities: what they see of the persons of their Caf, and what they may record."""

from limpide.identite.declarations import CERTIFICATION, ETAPE_NIA, ETAT, NIR_ENCADRE, PERSONNE, sauf
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Traitement

SUIVI = "suivi_identite"

TRAITEMENTS_IDENTITE = (
    Traitement(
        cle=SUIVI,
        systeme="S48",
        intitule="Suivi des identités par les agents d'une caisse",
        finalite="Permettre à un agent de suivre et de régler l'identité des personnes d'un dossier",
        sous_finalites=(
            "Voir l'état de l'identité, son histoire, les pièces et les délais",
            "Demander la certification au SNGI, comparer une réponse proche",
            "Ouvrir un litige d'identité et en noter l'issue",
            "Noter les étapes d'un numéro d'attente (CSS art. R114-7)",
        ),
        base_legale=(
            "RGPD art. 6.1.e : mission d'intérêt public ; CSS art. L161-1-4, R114-7 et R161-1 ; décret n° 2019-341 du "
            "19 avril 2019 (usage du NIR par les organismes de protection sociale)"
        ),
        actes=(NIR_ENCADRE,),
        personnes=("Allocataires", "Conjoints", "Enfants et personnes à charge"),
        lire={
            "identite.Personne": PERSONNE,
            "identite.Immatriculation": (
                "id",
                "personne_id",
                "genre",
                "numero_chiffre",
                "recu_le",
                "certifie_le",
                "clos_le",
                "cause_cloture",
                "nia_delivre_le",
                "justificatif_du_le",
                "justificatif_recu_le",
            ),
            "identite.EtatIdentite": ETAT,
            "identite.EtapeNia": ETAPE_NIA,
            "identite.Certification": CERTIFICATION,
            "dossiers.Dossier": ("id", "organisme_id", "numero", "allocataire_id", "ouvert_le", "clos_le"),
            "dossiers.Rattachement": ("id", "dossier_id", "organisme_id", "personne_id", "role", "valide", "connu"),
            "dossiers.LigneDroit": ("id", "dossier_id", "organisme_id", "mois"),
        },
        creer={
            "identite.EtatIdentite": sauf(ETAT, "id", "connu_le"),
            "identite.EtapeNia": sauf(ETAPE_NIA, "id", "connue_le"),
            "identite.Certification": ("id", "personne_id", "immatriculation_id", "agent"),
        },
        modifier={
            "identite.Immatriculation": ("certifie_le", "clos_le", "cause_cloture", "justificatif_recu_le"),
            "identite.Certification": ("suite", "avis_par", "avis_le"),
        },
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse",),
        conservation=fiche_du_dossier(),
        mesures=(
            "Le numéro est montré masqué ; la liste des identités à traiter ne montre que des numéros de dossier",
            "États et étapes ne se modifient pas et ne s'effacent pas : la base refuse toute édition",
            "Une étape prise avant son délai est refusée par la base",
            "Second facteur d'authentification des agents",
        ),
        droits_applicables=("Accès (auprès de la Cnav)", "Rectification (auprès de la caisse)", "Limitation"),
        information=(
            "Un agent de votre caisse peut voir où en est la vérification de votre identité, vous demander une pièce, "
            "et régler un désaccord avec vous. Ce qu'il note garde sa date ; vous pouvez le lire."
        ),
        genres=("agent",),
    ),
)

"""The processing of errors that people report on their data (MC-080)."""

from limpide.dossiers.declarations import DOSSIER, FAIT, PERSONNE, RATTACHEMENT
from limpide.dossiers.declarations_taches import TACHE, TACHE_CREEE
from limpide.identite.mesures import DECLARATIONS
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Acte, Traitement
from limpide.usagers.declarations_demande import SCELLEE

ERREURS = "erreurs_signalees"

TRAITEMENTS_ERREURS = (
    Traitement(
        cle=ERREURS,
        systeme="S39",
        limitation="La personne dit ce qui est faux",
        intitule="Erreurs signalées par la personne",
        finalite="Recevoir ce qu'une personne dit faux dans son dossier, le faire vérifier, et lui montrer la réponse",
        base_legale="RGPD art. 16 et 5.1.d : obligation légale (RGPD art. 6.1.c)",
        actes=(Acte("aucun", "Conditions générales d'utilisation de l'Espace Mon Compte, article 5"),),
        personnes=("Allocataires", "Membres de leur foyer"),
        lire={
            "identite.Personne": PERSONNE,
            "identite.Organisme": ("code", "nom"),
            "dossiers.Dossier": DOSSIER,
            "dossiers.Rattachement": RATTACHEMENT,
            "dossiers.Fait": FAIT,
            "dossiers.DeclarationScellee": SCELLEE,
            "dossiers.TacheAgent": TACHE,
        },
        creer={"dossiers.DeclarationScellee": SCELLEE, "dossiers.TacheAgent": TACHE_CREEE},
        perimetre="personne",
        destinataires=(
            "Agents habilités de la caisse",
            "L'allocataire lui-même",
            "Son protecteur, si le juge l'en a chargé",
        ),
        conservation=fiche_du_dossier(),
        mesures=(
            "Le signalement ne change aucun droit : un agent vérifie, corrige, et répond en un mois",
            "Le contenu est chiffré, scellé par son empreinte, et ne se modifie pas",
            "Lignes limitées à l'allocataire par la base de données elle-même",
        ),
        droits_applicables=("Information", "Accès", "Rectification", "Limitation"),
        information="Vous dites ce qui est faux et ce qui est exact. Un agent vérifie et vous répond en un mois ; vous "
        "lisez sa réponse ici.",
        genres=("allocataire", "protecteur"),
        pouvoir=DECLARATIONS,
        article9="RGPD art. 9.2.b : obligations en matière de protection sociale",
        donnees_de_sante=True,
        automatisation="aucune",
    ),
)

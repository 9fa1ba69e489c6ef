"""The processing of the quarterly declaration of resources (S03)."""

from limpide.dossiers.declarations import ACTES_PRIME_ACTIVITE, DEMANDE, DOSSIER, FAIT, PERSONNE, RATTACHEMENT, sauf_id
from limpide.dossiers.declarations_taches import TACHE, TACHE_CREEE, TACHE_SUIVIE
from limpide.dossiers.declarations_trimestres import TRIMESTRE_CREE, TRIMESTRE_LU, TRIMESTRE_RAPPELE
from limpide.identite.declarations_contacts import CONTACT_LU
from limpide.identite.mesures import DECLARATIONS
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Traitement
from limpide.usagers.declarations_demande import LIGNE, LIQUIDATION_LUE, SCELLEE
from limpide.usagers.trimestre.rappels import DEMANDER, JOURS_PREMIER, JOURS_SECOND, RAPPELER

TRIMESTRE = "declaration_trimestre"

BROUILLON = ("id", "personne_id", "mois", "contenu_chiffre", "modifie_le")
BASE = (
    "Code de la sécurité sociale, art. L843-4, D846-1 et R846-5 ; code de l'action sociale et des familles, art. "
    "R262-4 et R262-37 : mission d'intérêt public (RGPD art. 6.1.e)"
)
DROITS = ("Information", "Accès", "Rectification", "Limitation")

TRAITEMENTS_TRIMESTRE = (
    Traitement(
        cle=TRIMESTRE,
        systeme="S03",
        aussi=("S02", "S06"),
        limitation="La personne déclare ses propres ressources",
        intitule="Déclaration trimestrielle de ressources",
        finalite="Montrer ce que la Caf connaît des ressources de trois mois, le corriger, le compléter et le déclarer",
        sous_finalites=(
            "Enregistrer ce qui est déclaré, en une fois, en gardant ce qui était connu avant",
            "Sceller le contenu déclaré, remettre un récépissé numéroté",
            "Demander à un agent de vérifier quand un organisme dit autre chose",
        ),
        base_legale="Code de la sécurité sociale, art. L843-4, R843-1 et D846-1 ; code de l'action sociale et des "
        "familles, art. R262-4 et R262-7 : mission d'intérêt public (RGPD art. 6.1.e)",
        actes=ACTES_PRIME_ACTIVITE,
        personnes=("Bénéficiaires du RSA et de la prime d'activité", "Membres de leur foyer"),
        lire={
            "identite.Personne": PERSONNE,
            "identite.Organisme": ("code", "nom"),
            "identite.Affiliation": ("personne_id", "organisme_id", "allocataire_id"),
            "dossiers.Dossier": DOSSIER,
            "dossiers.Rattachement": RATTACHEMENT,
            "dossiers.Fait": FAIT,
            "dossiers.Demande": DEMANDE,
            "dossiers.Liquidation": ("id", "organisme_id", "mois", "numero", "genre", "etat", "connu_au"),
            "dossiers.LigneDroit": LIGNE,
            "dossiers.DeclarationScellee": SCELLEE,
            "dossiers.Trimestre": TRIMESTRE_LU,
            "dossiers.TacheAgent": TACHE_SUIVIE,
            "usagers.BrouillonTrimestre": BROUILLON,
        },
        creer={
            "usagers.BrouillonTrimestre": BROUILLON,
            "dossiers.Fait": sauf_id(FAIT),
            "dossiers.DeclarationScellee": SCELLEE,
            "dossiers.Trimestre": TRIMESTRE_CREE,
            "dossiers.TacheAgent": TACHE_CREEE,
        },
        modifier={
            "dossiers.Fait": ("connu",),
            "dossiers.Trimestre": ("declare_le", "scellee_id"),
            "usagers.BrouillonTrimestre": BROUILLON[2:],
        },
        supprimer=("usagers.BrouillonTrimestre",),
        perimetre="personne",
        destinataires=(
            "Agents habilités de la caisse",
            "L'allocataire lui-même",
            "Son protecteur, si le juge l'en a chargé",
        ),
        conservation=fiche_du_dossier(),
        mesures=(
            "Tout est enregistré en une fois, ou rien ne l'est",
            "Un brouillon est chiffré, n'est lu que par la personne, et part à l'envoi ou après soixante jours",
            "Un montant corrigé n'efface pas celui qui était connu : les deux sont gardés, avec la raison",
            "Le contenu déclaré est chiffré, scellé par son empreinte, et ne se modifie pas",
            "Lignes limitées à l'allocataire par la base de données elle-même",
        ),
        droits_applicables=DROITS,
        information="Vous vérifiez ce que la Caf connaît de vos ressources, vous le corrigez et vous le complétez. Ce "
        "que vous envoyez est gardé exactement. Si un organisme dit autre chose, un agent vérifie avant de décider.",
        genres=("allocataire", "protecteur"),
        pouvoir=DECLARATIONS,
        article9="RGPD art. 9.2.b : obligations en matière de protection sociale",
        donnees_de_sante=True,
        automatisation="aucune",
    ),
    Traitement(
        cle=DEMANDER,
        systeme="S03",
        aussi=("S06",),
        intitule="Trimestres à déclarer",
        finalite="Savoir quels foyers ont à déclarer leurs ressources, et jusqu'à quand",
        sous_finalites=(
            "Compter les trimestres depuis la demande",
            "Ne demander qu'aux foyers dont un droit en dépend",
        ),
        base_legale=BASE,
        actes=ACTES_PRIME_ACTIVITE,
        personnes=("Bénéficiaires du RSA et de la prime d'activité",),
        lire={
            "identite.Organisme": ("code", "nom"),
            "dossiers.Dossier": ("id", "organisme_id", "allocataire_id", "ouvert_le", "clos_le"),
            "dossiers.Rattachement": (
                "id",
                "dossier_id",
                "organisme_id",
                "personne_id",
                "role",
                "garde_alternee",
                "naissance",
                "valide",
                "connu",
            ),
            "dossiers.Fait": ("id", "dossier_id", "organisme_id", "personne_id", "nature", "valeur", "valide", "connu"),
            "dossiers.Demande": ("id", "dossier_id", "organisme_id", "droits", "etat", "deposee_le"),
            "dossiers.Liquidation": LIQUIDATION_LUE,
            "dossiers.LigneDroit": LIGNE,
            "dossiers.Trimestre": TRIMESTRE_LU,
        },
        creer={"dossiers.Trimestre": TRIMESTRE_CREE},
        natures=("rang_trimestre",),
        perimetre="organisme",
        destinataires=("L'allocataire lui-même",),
        conservation=fiche_du_dossier(),
        mesures=("Des faits du dossier, un seul est lu : le rang dans le trimestre", "Un trimestre s'ouvre une fois"),
        droits_applicables=DROITS,
        information="Si vous recevez le RSA ou la prime d'activité, votre Caf vous demande vos ressources tous les "
        "trois mois, dans Mon Compte.",
        genres=("systeme",),
        automatisation="aucune",
    ),
    Traitement(
        cle=RAPPELER,
        systeme="S03",
        aussi=("S39",),
        intitule="Rappel d'un trimestre à déclarer",
        finalite="Prévenir la personne, et qui peut déclarer pour elle, avant qu'un versement ne soit suspendu",
        sous_finalites=(
            f"Un rappel {JOURS_PREMIER} jours avant la date limite, un second {JOURS_SECOND} jours avant",
            "Confier à un agent qui n'a ni adresse ni mobile confirmé",
        ),
        base_legale=BASE,
        actes=ACTES_PRIME_ACTIVITE,
        personnes=("Bénéficiaires du RSA et de la prime d'activité", "Leurs protecteurs"),
        lire={
            "dossiers.Dossier": ("id", "organisme_id", "allocataire_id", "clos_le"),
            "dossiers.Trimestre": TRIMESTRE_LU,
            "dossiers.TacheAgent": TACHE,
            "identite.PointDeContact": CONTACT_LU,
            "identite.MessageContact": ("id", "contact_id", "personne_id", "objet"),
            "identite.AccesProtecteur": ("id", "dossier_id", "personne_id", "protecteur_id", "mesure_id", "etat"),
            "identite.MesureProtection": (
                "id",
                "personne_id",
                "valide",
                "pouvoir_consultation",
                "pouvoir_declarations",
            ),
        },
        creer={
            "dossiers.TacheAgent": TACHE_CREEE,
            "identite.MessageContact": ("id", "contact_id", "personne_id", "objet", "categorie"),
        },
        modifier={"dossiers.Trimestre": TRIMESTRE_RAPPELE},
        perimetre="national",
        destinataires=("Relais de courrier électronique et expéditeur de SMS, pour l'envoi", "Agents habilités"),
        conservation=fiche_du_dossier(),
        mesures=(
            "Le rappel et sa date sont enregistrés ensemble : personne n'est prévenu deux fois du même",
            "Le message ne dit ni le droit, ni le montant, ni le nom",
            "Rien n'est suspendu tant que la personne n'a pas été prévenue",
        ),
        droits_applicables=DROITS,
        information="Avant la date limite, un message vous rappelle la déclaration à faire, à l'adresse ou au numéro "
        "que vous avez confirmé. Sans l'un ni l'autre, un agent de votre Caf vous joint.",
        genres=("systeme",),
        automatisation="aucune",
    ),
)

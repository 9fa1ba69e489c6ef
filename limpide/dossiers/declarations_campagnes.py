"""Who may ask the RNCPS, and what deciding a collective consultation touches."""

from limpide.dossiers.declarations_rncps import ACTES_RNCPS, DOSSIER, HABILITATION
from limpide.registre.conservation.fiches import fiche_du_dossier
from limpide.registre.declaration import Conservation, Traitement

CAMPAGNE = ("id", "organisme_id", "agent", "motif", "critere", "valeur", "taille", "decidee_le")
BASE = "CSS art. L114-12-1, R114-25, R114-29, R114-30, I, et R114-33 : mission d'intérêt public (RGPD art. 6.1.e)"

TRAITEMENTS_CAMPAGNES = (
    Traitement(
        cle="habilitation_rncps",
        systeme="S47",
        intitule="Habilitations à consulter le Rncps",
        finalite="Savoir quels agents, nommément, peuvent consulter le Rncps, dans quel mode et jusqu'à quand",
        base_legale=BASE,
        actes=ACTES_RNCPS,
        personnes=("Agents habilités, par leur numéro de compte",),
        lire={
            "identite.Compte": ("id", "genre", "identifiant", "personne_id", "organisme_id", "is_active"),
            "dossiers.HabilitationRncps": HABILITATION,
        },
        creer={"dossiers.HabilitationRncps": ("organisme_id", "agent", "mode", "decision", "depuis", "jusqu_au")},
        modifier={"dossiers.HabilitationRncps": ("retiree_le",)},
        perimetre="national",
        destinataires=("Direction de la caisse", "Délégué à la protection des données"),
        conservation=Conservation(
            active="la durée de l'habilitation, un an au plus",
            intermediaire="un an après sa fin",
            proposees=("un an au plus", "un an après sa fin"),
        ),
        mesures=("Une habilitation nomme un agent et un mode, cite sa décision et finit dans l'année",
            "La base refuse une question dont l'agent n'est pas habilité"),
        droits_applicables=("Accès", "Rectification"),
        information="Seuls des agents nommément habilités consultent le Rncps, dans les modes de leur habilitation.",
        genres=("systeme",),
    ),
    Traitement(
        cle="campagne_rncps",
        systeme="S47",
        intitule="Campagnes de consultation du répertoire national commun de la protection sociale",
        finalite="Décider une consultation collective sous une finalité et un critère, et suivre ce qui en sort",
        sous_finalites=(
            "Compter les personnes concernées avant de décider",
            "Enregistrer une question par personne, comme si elle était posée seule",
        ),
        base_legale=BASE,
        actes=ACTES_RNCPS,
        personnes=("Allocataires",),
        lire={
            "identite.Immatriculation": ("id", "personne_id", "genre", "certifie_le", "clos_le"),
            "dossiers.Dossier": DOSSIER,
            "dossiers.Adresse": ("id", "dossier_id", "organisme_id", "valide"),
            "dossiers.LigneDroit": ("id", "dossier_id", "organisme_id", "mois", "droit", "rang", "motif"),
            "dossiers.ConsultationRncps": (
                "id", "dossier_id", "organisme_id", "campagne_id", "repondue_le", "sans_suite", "ecarts", "constat",
            ),
            "dossiers.CampagneRncps": CAMPAGNE,
            "dossiers.HabilitationRncps": HABILITATION,
        },
        creer={
            "dossiers.CampagneRncps": ("id", "organisme_id", "agent", "motif", "critere", "valeur", "taille"),
            "dossiers.ConsultationRncps": (
                "id", "dossier_id", "organisme_id", "agent", "motif", "mode", "campagne_id",
            ),
        },
        perimetre="organisme",
        destinataires=("Agents habilités de la caisse", "Caisse nationale d'assurance vieillesse, pour les traces"),
        conservation=fiche_du_dossier(),
        mesures=(
            "Un agent nommément habilité décide ; les autres voient où en est une campagne, en nombres",
            "Finalités et critères en liste fermée, nombre connu avant, cinq cents personnes au plus",
            "Chaque personne a sa trace, comme pour une consultation seule, et la lit dans Mon Compte",
            "Ce qui diffère attend le constat d'un agent : une campagne ne change aucun droit",
        ),
        droits_applicables=("Accès (auprès de la Cnav)", "Rectification (auprès de l'organisme)", "Limitation"),
        information="Votre caisse peut consulter le Rncps pour un ensemble de dossiers choisis par un critère. Vous le "
        "voyez dans Mon Compte, et aucun droit ne change sans qu'un agent ait vérifié.",
        genres=("agent",),
    ),
)  # fmt: skip

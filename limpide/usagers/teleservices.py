"""Online services of the citizen's room: open, or declared and not built yet."""

from limpide.registre.teleservice import Teleservice
from limpide.usagers.demande.aides import AIDES

TELESERVICES = (
    Teleservice(
        cle="mon_compte",
        nom="Mon Compte",
        objet="Consulter son dossier, ses droits et leur calcul, ses paiements, ses décisions ; exercer ses droits.",
        public="usagers",
        chemins=("/mon-compte/",),
    ),
    Teleservice(
        cle="application_mobile",
        nom="Application mobile",
        objet="Consulter son dossier et demander une aide depuis une application : la même chose que Mon Compte, par "
        "une interface publiée.",
        public="usagers",
        chemins=("/api/mobile/v1/",),
    ),
    Teleservice(
        cle="verification_attestation",
        nom="Vérification d'une attestation",
        objet="Vérifier qu'une attestation vient de la Caf, avec le code qu'elle porte.",
        public="usagers",
        chemins=("/verifier/",),
    ),
    Teleservice(
        cle="borne",
        nom="Bornes des accueils",
        objet="Lire son dossier, demander une aide, imprimer une attestation, déposer un document à une borne, sans "
        "y rien laisser.",
        public="usagers",
        chemins=("/borne/",),
    ),
    Teleservice(
        cle="simulateur",
        nom="Simulateur de droits",
        objet="Estimer ses droits sans compte, à l'écran ou par l'interface d'OpenFisca ; rien n'est enregistré.",
        public="usagers",
        chemins=("/simulateur/", "/openfisca/"),
        machines=("/openfisca/",),
    ),
    *(
        Teleservice(
            cle=aide.traitement,
            nom=aide.titre,
            objet=f"Demander {aide.le} en ligne : préparer la demande, l'envoyer, en garder le récépissé.",
            public="usagers",
            chemins=(f"/{aide.chemin}",),
        )
        for aide in AIDES
    ),
    Teleservice(
        cle="demande_logement",
        nom="Demande d'aide au logement",
        objet="Demander une aide au logement en ligne.",
        public="usagers",
        etat="a_construire",
    ),
)

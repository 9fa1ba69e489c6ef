"""The system of the relation with allocataires and partners."""

from limpide.registre import clauses
from limpide.registre.actes import acte_reglementaire, avis_repute_favorable
from limpide.registre.declaration import Conservation
from limpide.registre.systeme import Systeme

SYSTEMES = (
    Systeme(
        code="S16",
        section=1,
        rang=16,
        nom="Gestion de la relation avec les allocataires et les partenaires",
        actes=(acte_reglementaire("2006-04-19"), avis_repute_favorable()),
        alias=("GRC",),
        finalites=("Garder la trace des contacts pour y répondre", "Prendre et tenir les rendez-vous"),
        base_legale=clauses.MISSION,
        personnes=(clauses.FOYER, "Partenaires", clauses.AGENTS),
        donnees=("Identité et coordonnées", "Date, canal et motif du contact", "Note brève, sur des faits"),
        destinataires=("Agents de la Caf concernés",),
        conservation=Conservation(
            active="deux ans après le contact : plus court que le dossier",
            sort_final="suppression",
            proposees=("deux ans après le contact",),
        ),
        mesures=(*clauses.MESURES, "L'historique des contacts ne sert ni au calcul d'un droit ni au contrôle"),
        droits_applicables=clauses.DROITS,
        information=(
            "Quand vous contactez votre Caf, elle note la date, le motif et la réponse. Ces notes ne servent ni à "
            "calculer vos droits ni à décider d'un contrôle, et vous pouvez les lire."
        ),
        origine=clauses.NON_LU,
        reste="Messages, rendez-vous, contacts et accueil téléphonique sont construits ; rien pour les partenaires.",
    ),
)

"""Systems of the partners' room: yesterday's Cafpro, today's Mon Compte Partenaire."""

from limpide.registre import clauses
from limpide.registre.actes import acte_reglementaire, avis_repute_favorable, communique
from limpide.registre.conservation.durees import JOURNALISATION
from limpide.registre.declaration import Conservation
from limpide.registre.systeme import Systeme

SYSTEMES = (
    Systeme(
        code="S14",
        section=1,
        rang=14,
        nom="Application Cafpro (accès professionnels aux fichiers Caf)",
        actes=(acte_reglementaire("2011-02-01"), avis_repute_favorable()),
        alias=("Cafpro",),
        statut="remplace",
        remplace_par="S34",
        finalites=("Consulter un dossier selon un profil (remplacé par Cdap en 2017)",),
        base_legale=clauses.MISSION,
        personnes=(clauses.FOYER, "Professionnels habilités"),
        donnees=("Celles du profil, aujourd'hui dans Cdap",),
        destinataires=("Aucun : voir Mon Compte Partenaire",),
        conservation=Conservation(active="aucune : système remplacé"),
        mesures=("Aucun traitement ne peut s'y ouvrir",),
        droits_applicables=clauses.DROITS,
        information="Cafpro n'existe plus : les professionnels consultent par Mon Compte Partenaire.",
        origine=clauses.PAGE_ET_SOURCES,
    ),
    Systeme(
        code="S34",
        section=2,
        rang=4,
        nom="Mon Compte Partenaire / Cdap (consultation dossiers allocataires par les partenaires)",
        actes=(communique(),),
        alias=("Cdap",),
        finalites=("Montrer à un professionnel habilité ce que son profil permet de voir d'un dossier",),
        base_legale=clauses.MISSION,
        personnes=(clauses.FOYER, "Professionnels habilités"),
        donnees=("Selon le profil : composition du foyer, quotient familial, prestations et montants, état du droit",),
        destinataires=("Agents d'un partenaire qui a signé une convention",),
        conservation=Conservation(
            active="la consultation n'est pas gardée", intermediaire="traces : douze mois", source=JOURNALISATION
        ),
        mesures=(
            *clauses.MESURES,
            "Compte nominatif, moindre privilège, revue périodique des habilitations",
            "Information préalable de la personne, qui peut s'opposer",
        ),
        droits_applicables=clauses.DROITS,
        information="Un travailleur social ou une crèche peut voir une partie de votre dossier : vous savez qui, "
        "quand et pourquoi.",
        origine=clauses.PAGE_ET_SOURCES,
    ),
)

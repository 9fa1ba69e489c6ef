"""System of the payments' room: litigation and recovery."""

from limpide.registre import clauses
from limpide.registre.actes import acte_reglementaire, avis_repute_favorable
from limpide.registre.systeme import Systeme

SYSTEMES = (
    Systeme(
        code="S27",
        section=1,
        rang=27,
        nom="Contentieux et recouvrement (Corali)",
        texte="Le recouvrement a pour but de récupérer une dette.",
        actes=(acte_reglementaire("1997-07-08"), avis_repute_favorable()),
        alias=("Corali",),
        finalites=(
            "Suivre une dette, de sa notification à son extinction",
            "Suivre un recours, de son dépôt à la décision définitive",
        ),
        base_legale=clauses.MISSION,
        personnes=(clauses.FOYER,),
        donnees=("Identité du débiteur", "Origine et montant de la dette", "Recours et décisions"),
        destinataires=(
            "Agents chargés du recouvrement et du contentieux",
            "Commission de recours amiable, juridiction saisie",
            "Département, pour le RSA",
        ),
        conservation=clauses.SIX_ANS,
        mesures=(*clauses.MESURES, "Un indu est proposé à un agent, jamais retenu automatiquement"),
        droits_applicables=clauses.DROITS_SANS_OPPOSITION,
        information=(
            "Si la Caf vous a trop versé, elle vous dit pourquoi, combien, et comment contester. Rien n'est retenu "
            "sans "
            "qu'une personne l'ait décidé."
        ),
        origine=clauses.PAGE_ET_SOURCES,
        reste="Ni plan de remboursement, ni remise de dette, ni courrier ; créances proposées et recours sont "
        "construits.",
    ),
)

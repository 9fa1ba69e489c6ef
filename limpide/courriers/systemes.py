"""Systems of the letters' room."""

from limpide.registre import clauses
from limpide.registre.actes import communique
from limpide.registre.declaration import Conservation
from limpide.registre.systeme import Systeme

SYSTEMES = (
    Systeme(
        code="S32",
        section=2,
        rang=2,
        nom="CEREUS (Concentration Et Rationalisation Editique pour Unification des Services)",
        actes=(communique(),),
        alias=("CEREUS",),
        finalites=("Éditer et envoyer les courriers de toutes les Caf",),
        base_legale=clauses.MISSION,
        personnes=("Destinataires des courriers",),
        donnees=("Nom, adresse, contenu du courrier",),
        destinataires=("Sous-traitant d'impression et d'envoi", "Le destinataire, ou qui le protège"),
        conservation=Conservation(
            active="le temps de l'envoi", intermediaire="le courrier rejoint le dossier, et sa durée"
        ),
        mesures=(*clauses.MESURES, "Rien du contenu sur l'enveloppe"),
        droits_applicables=clauses.DROITS_SANS_OPPOSITION,
        information="Vos courriers sont imprimés et envoyés par un prestataire, qui ne les garde pas.",
        origine=clauses.NON_LU,
    ),
)

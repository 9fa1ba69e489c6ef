"""The tracer that a letter may carry, for who agreed in Mon Compte."""

from limpide.registre.traceurs import Traceur

TRACEURS = (
    Traceur(
        nom="Image de réception d'une lettre",
        genre="image",
        usage="Noter le jour où une lettre d'information s'est affichée, pour retirer de la liste les adresses qui ne "
        "reçoivent plus, et compter en sommes l'intérêt d'une lettre.",
        duree="Rien n'est laissé dans votre appareil. Le jour noté est effacé après six mois, ou quand vous retirez "
        "votre accord.",
        accord="Mon Compte, page « Mes lettres d'information »",
    ),
)

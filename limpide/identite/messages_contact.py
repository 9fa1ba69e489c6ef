"""The messages about points of contact themselves. The text is made when it leaves, and kept nowhere."""

from limpide.courriers.expedition import DOSSIER, Message

from .models import GenreContact, ObjetMessage

SUJETS = {
    ObjetMessage.CODE: "Votre code pour Mon Compte",
    ObjetMessage.REMPLACE: "Vos coordonnées ont changé dans Mon Compte",
    ObjetMessage.A_REVOIR: "Vos coordonnées dans Mon Compte : sont-elles toujours bonnes ?",
}
SIGNATURE = (
    "\n\nVotre caisse d'allocations familiales\n"
    "Message automatique : n'y répondez pas. La Caf ne vous demande jamais un mot de passe ni un code."
)
TEXTES = {
    (ObjetMessage.CODE, GenreContact.COURRIEL): (
        "Bonjour,\n\nVotre code : {code}\n\nÉcrivez-le dans Mon Compte, page « Mes coordonnées », dans le quart "
        "d'heure. Il confirme que cette adresse est la vôtre.\n\nVous n'avez rien demandé ? Ne donnez ce code à "
        "personne : sans lui, rien ne change."
    ),
    (ObjetMessage.CODE, GenreContact.MOBILE): (
        "Caf : votre code Mon Compte est {code}, pendant 15 minutes. Ne le donnez à personne, même à un agent."
    ),
    (ObjetMessage.REMPLACE, GenreContact.COURRIEL): (
        "Bonjour,\n\nCette adresse vient d'être remplacée ou retirée dans Mon Compte : nous n'y écrirons plus.\n\n"
        "Ce n'était pas vous ? Connectez-vous à Mon Compte, choisissez « Ce n'était pas moi », puis changez votre mot "
        "de passe. Ou appelez votre Caf."
    ),
    (ObjetMessage.REMPLACE, GenreContact.MOBILE): (
        "Caf : ce numéro vient d'être remplacé ou retiré dans Mon Compte. Ce n'était pas vous ? Changez votre mot de "
        "passe, ou appelez votre Caf."
    ),
    (ObjetMessage.A_REVOIR, GenreContact.COURRIEL): (
        "Bonjour,\n\nVous nous avez confirmé cette adresse il y a plus d'un an. Connectez-vous à Mon Compte, page « "
        "Mes coordonnées », pour dire si elle est toujours bonne."
    ),
    (ObjetMessage.A_REVOIR, GenreContact.MOBILE): (
        "Caf : ce numéro est-il toujours le vôtre ? Dites-le dans Mon Compte, page « Mes coordonnées »."
    ),
}


def message(objet: str, genre: str, code: str = "") -> Message:
    """The message of that kind, as it leaves."""
    texte = TEXTES[ObjetMessage(objet), GenreContact(genre)].format(code=code)
    return Message(DOSSIER, SUJETS[ObjetMessage(objet)], texte + (SIGNATURE if genre == GenreContact.COURRIEL else ""))

"""The messages about points of contact themselves. The text is made when it leaves, and kept nowhere."""

from limpide.courriers.expedition import DOSSIER, Message

from .models import GenreContact, ObjetMessage

SUJETS = {
    ObjetMessage.CODE: "Votre code pour Mon Compte",
    ObjetMessage.REMPLACE: "Vos coordonnées ont changé dans Mon Compte",
    ObjetMessage.A_REVOIR: "Vos coordonnées dans Mon Compte : sont-elles toujours bonnes ?",
    ObjetMessage.AGI_POUR: "Un acte a été fait en votre nom dans Mon Compte",
    ObjetMessage.AGI_PAR: "Vous avez agi pour une autre personne dans Mon Compte",
    ObjetMessage.ACCES_POUR: "L'accès de votre protecteur à Mon Compte a changé",
    ObjetMessage.ACCES_PAR: "Votre accès de protecteur à Mon Compte a changé",
    ObjetMessage.FIN: "Votre compte Mon Compte est fermé",
    ObjetMessage.SILENCE: "Vos coordonnées dans Mon Compte : recevez-vous nos lettres ?",
    ObjetMessage.REPONSE: "Votre Caf vous a répondu dans Mon Compte",
    ObjetMessage.TRIMESTRE: "Une déclaration vous attend dans Mon Compte",
    ObjetMessage.SUSPENSION: "Un versement est suspendu : une déclaration manque dans Mon Compte",
    ObjetMessage.VERIFIE: "Votre Caf a vérifié un point de votre dossier",
    ObjetMessage.QUESTION: "Votre Caf vous pose une question dans Mon Compte",
    ObjetMessage.DECISION: "Une décision de votre Caf est à lire dans Mon Compte",
    ObjetMessage.RENDEZ_VOUS: "Vos rendez-vous avec votre Caf ont changé",
    ObjetMessage.RDV_CAF: "Votre Caf a annulé un rendez-vous",
    ObjetMessage.RAPPEL: "Rappel : un rendez-vous avec la Caf approche",
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
    (ObjetMessage.SILENCE, GenreContact.COURRIEL): (
        "Bonjour,\n\nNos dernières lettres d'information ne semblent pas ouvertes à cette adresse. Vous ne les recevez "
        "peut-être plus. Connectez-vous à Mon Compte, page « Mes coordonnées », pour dire si elle est toujours "
        "bonne.\n\nCette question vient de l'indicateur de réception que vous avez accepté. Vous pouvez le retirer "
        "dans Mon Compte, page « Mes lettres d'information » : rien d'autre ne change."
    ),
    (ObjetMessage.A_REVOIR, GenreContact.MOBILE): (
        "Caf : ce numéro est-il toujours le vôtre ? Dites-le dans Mon Compte, page « Mes coordonnées »."
    ),
    (ObjetMessage.AGI_POUR, GenreContact.COURRIEL): (
        "Bonjour,\n\nLa personne qu'un juge a chargée de vous protéger vient de faire une démarche en votre nom dans "
        "Mon Compte. Vous pouvez la voir : connectez-vous avec votre propre mot de passe, page « Qui a vu mon "
        "dossier ».\n\nVous n'êtes pas d'accord ? Parlez-lui, ou appelez votre Caf."
    ),
    (ObjetMessage.AGI_POUR, GenreContact.MOBILE): (
        "Caf : votre protecteur vient de faire une démarche en votre nom dans Mon Compte. Voyez la page « Qui a vu "
        "mon dossier », ou appelez votre Caf."
    ),
    (ObjetMessage.AGI_PAR, GenreContact.COURRIEL): (
        "Bonjour,\n\nUne démarche vient d'être faite avec votre compte, au nom d'une personne que vous protégez. "
        "Cette personne en est prévenue aussi.\n\nCe n'était pas vous ? Connectez-vous à Mon Compte, choisissez « Ce "
        "n'était pas moi », puis changez votre mot de passe. Ou appelez votre Caf."
    ),
    (ObjetMessage.AGI_PAR, GenreContact.MOBILE): (
        "Caf : une démarche vient d'être faite avec votre compte, pour une personne que vous protégez. Ce n'était pas "
        "vous ? Changez votre mot de passe, ou appelez votre Caf."
    ),
    (ObjetMessage.ACCES_POUR, GenreContact.COURRIEL): (
        "Bonjour,\n\nVotre Caf vient d'ouvrir ou de fermer l'accès de votre protecteur à votre dossier dans Mon "
        "Compte, d'après la décision du juge. Votre propre accès ne change pas. Pour voir qui peut agir pour vous : "
        "Mon Compte, page « Agir pour quelqu'un »."
    ),
    (ObjetMessage.ACCES_POUR, GenreContact.MOBILE): (
        "Caf : l'accès de votre protecteur à votre dossier vient d'être ouvert ou fermé. Votre accès ne change pas. "
        "Détail dans Mon Compte, « Agir pour quelqu'un »."
    ),
    (ObjetMessage.ACCES_PAR, GenreContact.COURRIEL): (
        "Bonjour,\n\nVotre Caf vient d'ouvrir ou de fermer votre accès au dossier d'une personne que vous protégez. "
        "Pour le voir : Mon Compte, page « Agir pour quelqu'un »."
    ),
    (ObjetMessage.ACCES_PAR, GenreContact.MOBILE): (
        "Caf : votre accès au dossier d'une personne que vous protégez vient d'être ouvert ou fermé. Détail dans Mon "
        "Compte, « Agir pour quelqu'un »."
    ),
    (ObjetMessage.FIN, GenreContact.COURRIEL): (
        "Bonjour,\n\nVotre compte Mon Compte est fermé : votre mot de passe n'ouvre plus rien, et nous n'écrirons plus "
        "à cette adresse. Votre dossier, lui, est gardé le temps que la loi prévoit, puis effacé.\n\nCe n'était pas "
        "vous ? Appelez votre Caf. Elle peut aussi vous rendre un accès si vous refaites une demande."
    ),
    (ObjetMessage.FIN, GenreContact.MOBILE): (
        "Caf : votre compte Mon Compte est fermé. Votre dossier est gardé le temps prévu par la loi. Ce n'était pas "
        "vous ? Appelez votre Caf."
    ),
    (ObjetMessage.REPONSE, GenreContact.COURRIEL): (
        "Bonjour,\n\nVotre Caf a répondu à un message. Pour lire la réponse : connectez-vous à Mon Compte, page "
        "« Messages »."
    ),
    (ObjetMessage.DECISION, GenreContact.COURRIEL): (
        "Bonjour,\n\nVotre Caf a répondu à une demande d'aide. Pour lire la décision et son calcul : connectez-vous à "
        "Mon Compte, page « Mes décisions ». Vous agissez pour quelqu'un ? Ouvrez d'abord son dossier, page « Agir "
        "pour quelqu'un »."
    ),
    (ObjetMessage.DECISION, GenreContact.MOBILE): (
        "Caf : une demande d'aide a sa réponse. Lisez la décision dans Mon Compte, page « Mes décisions »."
    ),
    (ObjetMessage.REPONSE, GenreContact.MOBILE): (
        "Caf : une réponse à votre message est à lire dans Mon Compte, page « Messages »."
    ),
    (ObjetMessage.TRIMESTRE, GenreContact.COURRIEL): (
        "Bonjour,\n\nUne déclaration de ressources vous attend. La date limite est écrite sur la première page de Mon "
        "Compte. Ce que la Caf connaît est déjà rempli : vous relisez, vous corrigez s'il le faut, vous envoyez.\n\n"
        "Sans cette déclaration, un versement peut être suspendu. Vous l'avez envoyée depuis ? Ne tenez pas compte de "
        "ce message."
    ),
    (ObjetMessage.TRIMESTRE, GenreContact.MOBILE): (
        "Caf : une déclaration de ressources vous attend dans Mon Compte, avec sa date limite. Sans elle, un versement "
        "peut être suspendu. Déjà envoyée ? Ne tenez pas compte de ce message."
    ),
    (ObjetMessage.SUSPENSION, GenreContact.COURRIEL): (
        "Bonjour,\n\nNous n'avons pas reçu une déclaration de ressources : un versement est suspendu. Connectez-vous à "
        "Mon Compte, page « Déclarer mon trimestre ». Dès que vous l'envoyez, vos droits sont recalculés et ce qui "
        "vous est dû est versé.\n\nUne difficulté ? Appelez votre Caf."
    ),
    (ObjetMessage.SUSPENSION, GenreContact.MOBILE): (
        "Caf : un versement est suspendu, il manque une déclaration de ressources. Envoyez-la dans Mon Compte, page "
        "« Déclarer mon trimestre » : il reprend aussitôt."
    ),
    (ObjetMessage.VERIFIE, GenreContact.COURRIEL): (
        "Bonjour,\n\nVotre Caf a vérifié un point de votre dossier et vous a répondu. Pour lire la réponse : "
        "connectez-vous à Mon Compte."
    ),
    (ObjetMessage.VERIFIE, GenreContact.MOBILE): (
        "Caf : un point de votre dossier est vérifié, la réponse est à lire dans Mon Compte."
    ),
    (ObjetMessage.QUESTION, GenreContact.COURRIEL): (
        "Bonjour,\n\nVotre Caf vous pose une question. Pour la lire et y répondre : connectez-vous à Mon Compte. Vos "
        "droits ne changent pas pour l'instant."
    ),
    (ObjetMessage.QUESTION, GenreContact.MOBILE): "Caf : une question vous attend dans Mon Compte.",
    (ObjetMessage.RENDEZ_VOUS, GenreContact.COURRIEL): (
        "Bonjour,\n\nUn rendez-vous vient d'être pris, déplacé ou annulé dans Mon Compte. L'heure et le lieu y sont, "
        "page « Rendez-vous ».\n\nCe n'était pas vous ? Connectez-vous à Mon Compte, choisissez « Ce n'était pas "
        "moi », puis changez votre mot de passe. Ou appelez votre Caf."
    ),
    (ObjetMessage.RENDEZ_VOUS, GenreContact.MOBILE): (
        "Caf : un rendez-vous vient d'être pris, déplacé ou annulé dans Mon Compte, page « Rendez-vous ». Ce n'était "
        "pas vous ? Appelez votre Caf."
    ),
    (ObjetMessage.RDV_CAF, GenreContact.COURRIEL): (
        "Bonjour,\n\nVotre Caf a annulé un rendez-vous. Pour lire pourquoi et en choisir un autre : connectez-vous à "
        "Mon Compte, page « Rendez-vous ». Cela ne change aucun droit."
    ),
    (ObjetMessage.RDV_CAF, GenreContact.MOBILE): (
        "Caf : un rendez-vous est annulé par votre Caf. Pour en choisir un autre : Mon Compte, page « Rendez-vous »."
    ),
    (ObjetMessage.RAPPEL, GenreContact.COURRIEL): (
        "Bonjour,\n\nUn rendez-vous avec la Caf a lieu aujourd'hui ou demain. L'heure et le lieu sont dans Mon Compte, "
        "page « Rendez-vous » : vous pouvez encore le déplacer ou l'annuler. Ne pas venir ne change aucun droit."
    ),
    (ObjetMessage.RAPPEL, GenreContact.MOBILE): (
        "Caf : un rendez-vous a lieu aujourd'hui ou demain. L'heure et le lieu sont dans Mon Compte, page « "
        "Rendez-vous »."
    ),
}


def message(objet: str, genre: str, code: str = "") -> Message:
    """The message of that kind, as it leaves."""
    texte = TEXTES[ObjetMessage(objet), GenreContact(genre)].format(code=code)
    return Message(DOSSIER, SUJETS[ObjetMessage(objet)], texte + (SIGNATURE if genre == GenreContact.COURRIEL else ""))

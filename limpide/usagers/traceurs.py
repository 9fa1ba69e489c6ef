"""Tracers of the site, and the only purpose that is asked."""

from django.conf import settings

from limpide.registre.traceurs import Finalite, Traceur

COOKIE_CHOIX = "limpide-cookies"
COOKIE_VISITE = "limpide-visite"
AUDIENCE = "audience"

FINALITES = (
    Finalite(
        cle=AUDIENCE,
        intitule="Compter les visites",
        explication="Savoir combien de visites reçoit chaque partie du site, pour réparer ce qui n'est pas trouvé. Le "
        "cookie contient la date de votre dernière visite et les parties déjà comptées ce jour-là, rien qui vous "
        "distingue d'une autre personne. Le compte reste sur ce site et se lit sur cette page.",
    ),
)

TRACEURS = (
    Traceur(
        nom=settings.SESSION_COOKIE_NAME,
        genre="cookie",
        usage="Vous garder connecté d'une page à l'autre.",
        duree="La connexion : il disparaît quand vous vous déconnectez, fermez le navigateur, ou après une demi-heure "
        "sans activité.",
        raison="Sans lui, personne ne pourrait se connecter.",
    ),
    Traceur(
        nom=settings.CSRF_COOKIE_NAME,
        genre="cookie",
        usage="Vérifier qu'un formulaire reçu vient bien de votre navigateur.",
        duree="Un an.",
        raison="Sans lui, un autre site pourrait envoyer un formulaire à votre place.",
    ),
    Traceur(
        nom=COOKIE_CHOIX,
        genre="cookie",
        usage="Retenir votre choix sur les cookies : sa date, la version de cette politique, ce que vous acceptez.",
        duree="Sept mois ; le choix vaut six mois.",
        raison="Sans lui, il faudrait vous redemander ce choix à chaque page.",
    ),
    Traceur(
        nom="limpide-borne",
        genre="cookie",
        usage="Reconnaître une borne de la Caf. Il désigne le poste, jamais la personne qui s'en sert.",
        duree="Treize mois, sur les bornes des accueils seulement.",
        raison="Sans lui, n'importe quel ordinateur se ferait passer pour une borne de la Caf.",
    ),
    Traceur(
        nom="scheme",
        genre="local",
        usage="Retenir l'affichage clair ou sombre que vous demandez dans « Paramètres d'affichage ».",
        duree="Jusqu'à ce que vous l'effaciez dans votre navigateur.",
        raison="Il n'est écrit que si vous demandez un affichage, et ne sert qu'à cela.",
    ),
    Traceur(
        nom=COOKIE_VISITE,
        genre="cookie",
        usage="Ne pas compter deux fois la même visite le même jour.",
        duree="Un jour.",
        finalite=AUDIENCE,
    ),
)

"""Systems of the citizen's room: the site and its simulators, contacts, kiosks, Mon Compte, cookies."""

from limpide.registre import clauses
from limpide.registre.actes import acte_reglementaire, avis_repute_favorable, deliberation, sans_acte
from limpide.registre.declaration import Acte, Conservation
from limpide.registre.systeme import Systeme

SYSTEMES = (
    Systeme(
        code="S02",
        section=1,
        rang=2,
        nom="Traitements relatifs au site internet caf.fr, au simulateur de droit au Revenu de solidarité active "
        "(Rsa) et "
        "au téléservice de demande de Rsa",
        actes=(acte_reglementaire(), deliberation("2017-039", "2017-02-23")),
        alias=("@RSA",),
        finalites=(
            "Informer le public sur les prestations",
            "Estimer un droit sans s'identifier",
            "Demander le RSA en ligne",
        ),
        base_legale=clauses.MISSION,
        personnes=("Visiteurs du site", "Demandeurs du RSA et membres de leur foyer"),
        donnees=(
            "Simulation : composition du foyer, logement et ressources, sans identité",
            "Demande : identité, numéro de sécurité sociale, foyer, ressources, logement, activité, pièces",
        ),
        destinataires=(
            "Caf",
            "Conseil départemental, pour la décision et l'orientation",
            "France Travail",
        ),
        conservation=Conservation(
            active="simulation : rien n'est gardé ; demande : le temps de la relation avec la Caf",
            intermediaire=clauses.SIX_ANS.intermediaire,
            source=clauses.SIX_ANS.source,
        ),
        mesures=(*clauses.MESURES, "Le simulateur n'enregistre rien et ne dépose aucun témoin de connexion"),
        droits_applicables=clauses.DROITS,
        information=(
            "Vous pouvez estimer vos droits sans dire qui vous êtes : rien n'est enregistré. Si vous faites une "
            "demande "
            "en ligne, la Caf garde ce que vous avez écrit pour l'instruire."
        ),
        origine=clauses.PAGE_ET_SOURCES,
        reste="Le simulateur et la demande en ligne sont construits ; ni la transmission au département, ni "
        "l'orientation.",
        sans_traitement="Le simulateur, lui, ne traite aucune donnée personnelle : tout reste dans la page. "
        "Les réponses de qui demande un droit depuis son résultat sont gardées, chiffrées, le temps de se connecter : "
        "trente minutes au plus.",
    ),
    Systeme(
        code="S20",
        section=1,
        rang=20,
        nom="Modèle-type de bornes interactives",
        actes=(acte_reglementaire("2003-09-09"), avis_repute_favorable()),
        alias=("Espaces multiservices",),
        finalites=(
            "Consulter son dossier, demander une aide, obtenir une attestation et déposer un document à l'accueil",
        ),
        base_legale=clauses.MISSION,
        personnes=(clauses.FOYER,),
        donnees=("Celles que montre Mon Compte",),
        destinataires=("La personne elle-même",),
        conservation=Conservation(active="le temps de la consultation : la borne n'enregistre rien"),
        mesures=(
            *clauses.MESURES,
            "Poste partagé : aucun identifiant retenu, aucune trace du précédent usager",
            "Borne reconnue par un jeton gardé en empreinte ; tout autre poste ne lit que des informations pour tous",
            "Trois essais faux ferment les bornes à ce compte, pas le site ; fin par un bouton ou après deux minutes",
        ),
        droits_applicables=clauses.DROITS,
        information="La borne de votre Caf montre vos paiements et vos demandes, reçoit une demande ou un document et "
        "imprime une attestation. Elle ne retient rien après votre passage.",
        origine=clauses.PAGE_ET_SOURCES,
    ),
    Systeme(
        code="S39",
        section=3,
        rang=1,
        nom="Espace numérique « Mon Compte »",
        texte=(
            "La branche Famille de la Sécurité sociale, via la caisse nationale d’Allocations familiales (Cnaf), "
            "éditeur "
            "du site www.caf.fr, et les caisses d’Allocations familiales (Caf), offrent à l’utilisateur la possibilité "
            "d’accéder à un espace numérique appelé “Mon Compte”."
        ),
        actes=(Acte("conditions_d_utilisation", "Conditions générales d'utilisation de l'Espace Mon Compte"),),
        finalites=(
            "Communiquer à la Caf des informations sur soi et son foyer",
            "Réaliser des simulations de droits",
            "Faire des demandes de prestations et de services",
            "Consulter les informations mises à sa disposition",
        ),
        base_legale=clauses.MISSION,
        personnes=(clauses.FOYER, "Représentants de personnes protégées"),
        donnees=(
            "Identifiant et mot de passe (empreinte seule)",
            "Dates de connexion, genre d'appareil, empreinte du réseau",
            "Adresse électronique, téléphone mobile",
            "Celles du dossier, montrées à la personne",
        ),
        destinataires=("La personne, son représentant selon la mesure de protection", "Caf"),
        conservation=Conservation(
            active="tant que des droits, une dette ou un recours sont en cours",
            intermediaire="six ans après la fin de la relation avec la Caf : l'accès est alors supprimé",
            source=clauses.SIX_ANS.source,
        ),
        mesures=(
            *clauses.MESURES,
            "Identification et authentification exigées pour toute page de l'espace",
            "Dernière connexion toujours montrée ; connexions listées, fermées une à une ou toutes",
            "Second facteur au choix de la personne, clé chiffrée, codes de secours à usage unique",
            "« Ce n'était pas moi » coupe aussitôt les autres sessions et fait changer le mot de passe",
            "Accès suspendu pour un motif dit à la personne, avec la manière de le contester ; aucun droit n'y touche",
            "Aucune page avant l'acceptation des conditions, version par version",
            "Adresse électronique ou mobile confirmé par un code, propre à un seul compte",
            "Essais de connexion limités, sans blocage durable du titulaire",
            "Application mobile : jetons gardés en empreintes, renouvelés par rotation, fermés depuis le site",
            "Droits non demandés estimés pour la personne seule, sans donnée de santé ; un refus vaut pour de bon",
        ),
        droits_applicables=clauses.DROITS,
        information=(
            "Mon Compte vous montre vos droits, vos paiements et les raisons de chaque montant. Vous seul y "
            "accédez, ou la "
            "personne chargée de vous protéger."
        ),
        origine=clauses.PAGE,
        reste="Seuls le RSA et la prime d'activité se demandent en ligne. L'interface de l'application mobile est "
        "construite et publiée, pas une application.",
    ),
    Systeme(
        code="S46",
        section=7,
        rang=1,
        nom="Utilisation de cookies",
        texte=(
            "Lors de la consultation du site www.caf.fr, des cookies, traceurs et/ou témoins de connexion sont "
            "déposés sur "
            "votre ordinateur, votre tablette ou votre smartphone, sous réserve des choix et options que vous avez "
            "exprimés "
            'ou pouvez exprimer à tout moment conformément à la "Politique cookies".'
        ),
        actes=(sans_acte("La page ne cite aucun acte ; loi n° 78-17, article 82"),),
        finalites=("Ne déposer que les traceurs strictement nécessaires, ou choisis",),
        base_legale="Loi n° 78-17, article 82 : consentement, sauf traceur strictement nécessaire au service demandé",
        personnes=("Visiteurs du site",),
        donnees=("Choix exprimé : date, version, finalités",),
        destinataires=("Personne : le choix reste sur l'appareil du visiteur",),
        conservation=Conservation(
            active="six mois, puis le choix est demandé de nouveau",
            source="CNIL, délibération n° 2020-092 du 17 septembre 2020 (bonne pratique)",
        ),
        mesures=("Refuser est aussi facile qu'accepter", "Ne pas choisir, c'est refuser"),
        droits_applicables=("Retrait du choix à tout moment, depuis chaque page",),
        information="Ce site ne dépose que les témoins de connexion dont il a besoin, et dit lesquels.",
        origine=clauses.PAGE,
    ),
)

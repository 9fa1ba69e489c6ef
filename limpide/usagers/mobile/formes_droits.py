"""Shapes of what the file shows: rights, explanations, transfers, decisions, claims, documents."""

from limpide.usagers.mobile.formes_simples import (
    Forme,
    centimes,
    de,
    instant,
    jour,
    liste,
    mois,
    nombre,
    objet,
    ou_rien,
    texte,
    vrai,
)  # fmt: skip

DROIT = {
    "droit": texte("Code du droit."),
    "libelle": texte("Son nom."),
    "montant": ou_rien(centimes("Montant net ; null quand une information manque : ce n'est pas zéro")),
    "une_fois": ou_rien(texte("« une seule fois », « une fois par an » ; null pour un montant de chaque mois.")),
    "ouvert": vrai("Le droit est ouvert ce mois-là."),
    "phrase": texte("Où il en est, en une phrase."),
    "manque": ou_rien(texte("L'information qui manque, s'il y en a une.")),
    "corrige": ou_rien(centimes("Le montant que celui-ci a remplacé")),
}
DU_MOIS = {
    "mois": mois("Le mois."),
    "total": centimes("Somme de ce qui est connu"),
    "dont_une_fois": centimes("La part de ce total qui n'est pas versée chaque mois"),
    "complet": vrai("Aucun montant n'est inconnu."),
    "verse_le": jour("Jour de paiement prévu pour ce mois."),
}
DECISION = {
    "numero": nombre("Numéro de la décision."),
    "prise_le": instant("Date de la décision."),
    "cause": texte("Ce qui l'a provoquée ; vide si rien n'est dit."),
    "comment": texte("La part de l'ordinateur et celle d'une personne."),
    "effets": liste(de("Effet"), "Ce qu'elle change."),
}
PIECE = {
    "piece": nombre("Numéro du document attendu : l'adresse où l'envoyer."),
    "libelle": texte("Ce que c'est."),
    "de": ou_rien(texte("Prénom de la personne du foyer, si ce n'est pas la personne connectée.")),
    "avant_le": jour("À envoyer avant le."),
    "phrase": texte("Où il en est, en une phrase."),
    "refus": ou_rien(texte("Ce qui n'allait pas.")),
}

FORMES_DROITS: dict[str, Forme] = {
    "LesMois": objet("Les droits, le mois le plus récent d'abord.", mois=liste(de("Mois"), "Les mois calculés.")),
    "Mois": objet("Un mois.", **DU_MOIS, droits=liste(de("Droit"), "Les droits de ce mois.")),
    "Droit": objet("Un droit d'un mois.", **DROIT),
    "ExplicationDuMois": objet(
        "Un mois et son calcul.", **DU_MOIS, droits=liste(de("DroitExplique"), "Les droits de ce mois, expliqués.")
    ),
    "DroitExplique": objet(
        "Un droit et son calcul.",
        **DROIT,
        conclusion=texte("Ce qui est dû, ou pourquoi rien ne l'est."),
        etapes=liste(de("Etape"), "Les étapes du calcul."),
        a_verifier=liste(texte("Une information."), "Ce qui manque."),
        changerait=ou_rien(texte("De combien un revenu devrait changer pour ouvrir ou fermer ce droit.")),
    ),
    "Etape": objet(
        "Une étape du calcul, et celles qui y mènent.",
        texte=texte("Ce qui est fait, avec ses chiffres."),
        articles=liste(texte("Un article."), "Les articles appliqués."),
        details=liste(de("Etape"), "Les étapes qui y mènent."),
    ),
    "Paiements": objet(
        "Les virements et les sommes à rembourser.",
        paiements=liste(de("Paiement"), "Le plus récent d'abord."),
        indus=liste(de("Indu"), "Sommes proposées ou confirmées."),
    ),
    "Paiement": objet(
        "Un virement.",
        mois=mois("Le mois payé."),
        montant=centimes("Montant"),
        le=jour("Jour du virement."),
        complement=vrai("Il complète un virement déjà fait."),
    ),
    "Indu": objet(
        "Une somme trop versée.",
        droit=texte("Code du droit."),
        libelle=texte("Son nom."),
        periode=texte("Les mois concernés, en toutes lettres."),
        montant=centimes("Montant"),
        phrase=texte("Où elle en est, en une phrase."),
    ),
    "Decisions": objet("Les décisions.", decisions=liste(de("Decision"), "La plus récente d'abord.")),
    "Decision": objet("Une décision.", **DECISION),
    "Effet": objet(
        "Un droit d'un mois, avant et après.",
        mois=mois("Le mois."),
        droit=texte("Code du droit."),
        libelle=texte("Son nom."),
        avant=ou_rien(centimes("Montant d'avant ; null : jamais calculé")),
        apres=centimes("Montant d'après"),
        phrase=texte("Pourquoi, en une phrase."),
    ),
    "Courrier": objet(
        "Le courrier d'une décision.",
        **DECISION,
        titre=texte("Titre du courrier."),
        caisse=texte("Caisse qui décide."),
        reference=texte("Référence à rappeler."),
        finalite=texte("Finalité du calcul."),
        regles=texte("Empreinte de la version des règles."),
        regles_du=jour("Mise en service de cette version."),
        mention=texte("Droits de la personne sur ce calcul."),
        recours=texte("Comment contester."),
    ),
    "Demandes": objet("Les demandes.", demandes=liste(de("Demande"), "La plus récente d'abord.")),
    "Demande": objet(
        "Une demande.",
        recepisse=texte("Numéro du récépissé."),
        droits=liste(texte("Nom d'un droit."), "Les droits demandés."),
        deposee_le=ou_rien(instant("Réception.")),
        phrase=texte("Où elle en est, en une phrase."),
        qui=ou_rien(texte("Qui agit ensuite : « vous » ou « votre Caf ».")),
        avant_le=ou_rien(jour("Jusqu'à quand.")),
    ),
    "Documents": objet(
        "Les documents.",
        attendus=liste(de("DocumentAttendu"), "À envoyer, le plus pressé d'abord."),
        envoyes=liste(de("DocumentAttendu"), "Reçus ou acceptés."),
        fichiers=liste(de("Fichier"), "Ce que la Caf garde de ces envois."),
    ),
    "DocumentAttendu": objet("Un document attendu ou reçu.", **PIECE),
    "DocumentEnvoye": objet("Le document, une fois reçu.", **PIECE),
    "Fichier": objet(
        "Un fichier envoyé. Sa copie se lit sur le site.",
        libelle=texte("Ce que c'est."),
        depose_le=instant("Réception."),
        octets=nombre("Taille de ce qui est gardé."),
        efface_le=ou_rien(instant("La copie est effacée depuis.")),
    ),
    "Fichiers": objet(
        "Photos (JPEG, PNG) ou PDF, 10 Mo au plus chacun.",
        fichiers=liste({"type": "string", "contentMediaType": "application/octet-stream"}, "Un ou plusieurs."),
    ),
}

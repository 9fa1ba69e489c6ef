"""Retention of the tables that no model of the house describes: Django's, its sessions, the second factor."""

from collections.abc import Mapping
from typing import Any

from limpide.registre.conservation.durees import Duree
from limpide.registre.conservation.regles import DATE, PROPRE, Retention, de_la_personne, sans_personne

TECHNIQUES: Mapping[str, Retention] = {
    "sessions.Session": Retention(
        horloge=DATE, colonne="expire_date", duree=Duree(),
        raison="Une session finit avec le navigateur ou après une demi-heure sans activité ; celle d'une personne "
        "effacée est supprimée avec elle",
    ),
    "otp_totp.TOTPDevice": de_la_personne("Le second facteur ne sert qu'au compte qu'il protège"),
    "contenttypes.ContentType": sans_personne("Liste des modèles de Django"),
    "dsfr.DsfrConfig": sans_personne("Réglages de présentation du site", libre="textes du site"),
    "dsfr.DsfrSocialMedia": sans_personne("Liens du site"),
    "auth.Permission": sans_personne("Droits de Django, que personne ne reçoit ici"),
    "auth.Group": sans_personne("Groupes de Django, que personne ne reçoit ici"),
}  # fmt: skip
TABLES_SANS_MODELE: Mapping[str, Retention] = {
    "django_migrations": sans_personne("Migrations appliquées"),
}
"""Tables that PostgreSQL holds and that no model describes; the journal's partitions follow their parent."""


def retention_de(modele: Any) -> Retention | None:
    """What this model declares, or what is said here for Django's; None when nobody says anything."""
    declaree: Retention | None = getattr(modele, "conservation", None)
    if declaree is not None:
        return declaree
    origine = modele._meta.auto_created
    if origine:  # the table of a many-to-many relation lives as long as what it links
        return retention_de(origine)
    return TECHNIQUES.get(modele._meta.label)


__all__ = ["PROPRE", "TABLES_SANS_MODELE", "TECHNIQUES", "retention_de"]

"""Passkeys (WebAuthn) of who has added a second factor: another way to answer than the code. Checks are py_webauthn's.

A key is asked of the browser with a challenge that serves once; only its public half comes here. The application's code
and the recovery codes stay: a key needs a script and a device, and both may be missing one day.
"""

import secrets
from dataclasses import dataclass
from typing import Any

import webauthn
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from . import acces_compte as acces
from .erreurs import ErreurSaisie, refus_en_francais
from .models import CleAcces, Compte, GenreEtapeAcces, SecondFacteur

CHAMPS = {"cle_acces_unique": "reponse"}
NOM = "Mon Compte"
"""What the device shows of the account: neither a number nor a name."""
CLES_AU_PLUS = 5
OCTETS_DU_DEFI = 32
REFUSEE = "La clé d'accès n'a pas pu être vérifiée. Recommencez, ou gardez le code de votre application."


@dataclass(frozen=True)
class Site:
    """Where keys are made and shown: a key of one site is worth nothing on another."""

    hote: str
    origine: str


@dataclass(frozen=True)
class DemandeDeCle:
    """What the browser is asked, as the JSON that it understands, and the challenge expected back."""

    options: str
    defi: bytes


def cles_de(facteur: SecondFacteur) -> list[CleAcces]:
    """The keys of this factor, the first added first."""
    return list(CleAcces.objects.filter(facteur_id=facteur.pk).order_by("pk"))


def demander_une_cle(facteur: SecondFacteur, site: Site) -> DemandeDeCle:
    """Ask the browser for a new key. Raises ErreurSaisie when there are enough."""
    siennes = cles_de(facteur)
    if len(siennes) >= CLES_AU_PLUS:
        raise ErreurSaisie({"mot_de_passe": f"Vous avez déjà {CLES_AU_PLUS} clés d'accès : retirez-les d'abord."})
    defi = secrets.token_bytes(OCTETS_DU_DEFI)
    options = webauthn.generate_registration_options(
        rp_id=site.hote, rp_name=NOM, user_name=NOM, challenge=defi, exclude_credentials=_decrites(siennes),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )  # fmt: skip
    return DemandeDeCle(webauthn.options_to_json(options), defi)


def _decrites(cles: list[CleAcces]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=bytes(cle.identifiant)) for cle in cles]


@transaction.atomic
def ajouter(compte: Compte, facteur: SecondFacteur, site: Site, defi: bytes, reponse: str, appareil: str) -> None:
    """Keep the key that answered this challenge. Raises ErreurSaisie."""
    try:
        lue = webauthn.verify_registration_response(
            credential=reponse, expected_challenge=defi, expected_rp_id=site.hote, expected_origin=site.origine
        )
    except (WebAuthnException, ValueError):
        raise ErreurSaisie({"reponse": REFUSEE}) from None
    with refus_en_francais(CHAMPS), transaction.atomic():
        CleAcces.objects.create(
            facteur_id=facteur.pk, personne_id=facteur.personne_id, identifiant=lue.credential_id,
            cle_publique=lue.credential_public_key, compteur=lue.sign_count, appareil=appareil,
        )  # fmt: skip
    acces.noter(compte, GenreEtapeAcces.FACTEUR, "cle")


def demander_une_preuve(facteur: SecondFacteur, site: Site) -> DemandeDeCle | None:
    """Ask the browser to show one of the keys; None when there is none."""
    siennes = cles_de(facteur)
    if not siennes:
        return None
    defi = secrets.token_bytes(OCTETS_DU_DEFI)
    options = webauthn.generate_authentication_options(
        rp_id=site.hote, challenge=defi, allow_credentials=_decrites(siennes)
    )
    return DemandeDeCle(webauthn.options_to_json(options), defi)


def verifier(facteur: SecondFacteur, site: Site, defi: bytes, reponse: str) -> bool:
    """Whether one of the keys answered this challenge, here. A count that doesn't advance tells a copied key."""
    try:
        lue: Any = webauthn.helpers.parse_authentication_credential_json(reponse)
        cle = CleAcces.objects.filter(facteur_id=facteur.pk, identifiant=lue.raw_id).first()
        if cle is None:
            return False
        vue = webauthn.verify_authentication_response(
            credential=lue, expected_challenge=defi, expected_rp_id=site.hote, expected_origin=site.origine,
            credential_public_key=bytes(cle.cle_publique), credential_current_sign_count=cle.compteur,
        )  # fmt: skip
    except (WebAuthnException, ValueError):
        return False
    maintenant = timezone.now()
    avancee = CleAcces.objects.filter(pk=cle.pk, compteur=cle.compteur)
    return bool(avancee.update(compteur=Greatest(F("compteur"), vue.new_sign_count), utilisee_le=maintenant))


@transaction.atomic
def retirer(compte: Compte, facteur: SecondFacteur) -> bool:
    """The code of the application answers alone again; False when there was no key."""
    if not CleAcces.objects.filter(facteur_id=facteur.pk).delete()[0]:
        return False
    acces.noter(compte, GenreEtapeAcces.RETRAIT, "cles")
    return True

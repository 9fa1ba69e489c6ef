"""Second factor of a citizen's account, which they may add: RFC 6238 codes, and recovery codes shown once.

The secret is encrypted for its row, the recovery codes are kept as keyed digests. The arithmetic is django-otp's.
"""

import base64
import secrets
from urllib.parse import quote, urlencode

from django.db import transaction
from django.utils import timezone
from django_otp.oath import TOTP

from . import acces_compte as acces
from . import chiffrement
from .erreurs import ErreurSaisie
from .models import CleAcces, CleDeFacteur, CodeSecours, Compte, GenreEtapeAcces, SecondFacteur

OCTETS_DE_CLE = 20
"""RFC 4226, section 4: 160 bits recommended."""
TOLERANCE = 1
"""Half minutes accepted before and after: telephones are not all on time (RFC 6238, section 5.2)."""
NOMBRE_DE_CODES, LONGUEUR_DE_CODE = 10, 12
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No letter that is read as a digit; twelve of them are 59 bits."""
EMETTEUR = "Limpide"


def facteur_de(compte: int) -> SecondFacteur | None:
    """The confirmed second factor of this account."""
    return SecondFacteur.objects.filter(compte_id=compte, confirme_le__isnull=False).first()


def est_active(compte: int) -> bool:
    """Whether a second factor protects this account, its secret not read."""
    return SecondFacteur.objects.filter(compte_id=compte, confirme_le__isnull=False).exists()


def en_preparation(compte: int) -> SecondFacteur | None:
    """The one whose first code is awaited."""
    return SecondFacteur.objects.filter(compte_id=compte, confirme_le=None).first()


@transaction.atomic
def preparer(compte: Compte) -> SecondFacteur:
    """A new secret, to be confirmed by a first code; replaces one that never was."""
    if facteur_de(compte.pk) is not None:
        raise ErreurSaisie({"code": "Un second facteur protège déjà ce compte."})
    SecondFacteur.objects.filter(compte_id=compte.pk, confirme_le=None).delete()
    facteur = SecondFacteur(compte_id=compte.pk, personne_id=compte.personne_id)
    facteur.cle = CleDeFacteur(base64.b32encode(secrets.token_bytes(OCTETS_DE_CLE)).decode())
    facteur.save(force_insert=True)
    return facteur


def adresse_d_enrolement(facteur: SecondFacteur) -> str:
    """What the QR code says. The account is not named: its identifier is a NIR."""
    etiquette = quote(f"{EMETTEUR}:Mon Compte")
    return f"otpauth://totp/{etiquette}?{urlencode({'secret': facteur.cle.en_clair(), 'issuer': EMETTEUR})}"


def pas_du_code(cle: CleDeFacteur, code: str, instant: float, apres: int = 0) -> int | None:
    """The half minute whose code this is, around that instant and after `apres`; None if it is no one's."""
    totp = TOTP(base64.b32decode(cle.en_clair()))
    totp.time = instant
    return totp.t() if totp.verify(int(code), tolerance=TOLERANCE, min_t=apres + 1) else None


def verifier(facteur: SecondFacteur, code: str) -> bool:
    """Whether these six digits are the code of now; each serves once, even asked twice at the same time."""
    if not (code.isascii() and code.isdecimal() and len(code) == 6):
        return False
    pas = pas_du_code(facteur.cle, code, timezone.now().timestamp(), facteur.dernier_pas)
    if pas is None:
        return False
    return bool(SecondFacteur.objects.filter(pk=facteur.pk, dernier_pas__lt=pas).update(dernier_pas=pas))


@transaction.atomic
def confirmer(compte: Compte, code: str) -> list[str]:
    """The first code: the factor now protects the account. Returns the recovery codes, never to be read again."""
    facteur = en_preparation(compte.pk)
    if facteur is None or not verifier(facteur, code):
        raise ErreurSaisie({"code": "Ce code n'est pas le bon. Attendez le suivant et recommencez."})
    SecondFacteur.objects.filter(pk=facteur.pk).update(confirme_le=timezone.now())
    acces.noter(compte, GenreEtapeAcces.FACTEUR, "active")
    return _donner_des_codes(facteur)


@transaction.atomic
def renouveler_les_codes(compte: Compte) -> list[str]:
    """New recovery codes; the former ones serve no more."""
    facteur = facteur_de(compte.pk)
    if facteur is None:
        raise ErreurSaisie({"mot_de_passe": "Aucun second facteur ne protège ce compte."})
    CodeSecours.objects.filter(facteur_id=facteur.pk).delete()
    return _donner_des_codes(facteur)


def _donner_des_codes(facteur: SecondFacteur) -> list[str]:
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(LONGUEUR_DE_CODE)) for _ in range(NOMBRE_DE_CODES)]
    for code in codes:
        CodeSecours.objects.create(
            facteur_id=facteur.pk, personne_id=facteur.personne_id, empreinte=_empreinte(facteur, code)
        )
    return ["-".join(code[i : i + 4] for i in range(0, LONGUEUR_DE_CODE, 4)) for code in codes]


def _empreinte(facteur: SecondFacteur, code: str) -> bytes:
    return chiffrement.empreinte(f"{facteur.pk}\0{code}", "code_secours")


def utiliser_un_code(facteur: SecondFacteur, saisi: str) -> bool:
    """Whether this is a recovery code that has not served; it has now."""
    code = "".join(saisi.upper().replace("-", " ").split())
    restants = CodeSecours.objects.filter(facteur_id=facteur.pk, empreinte=_empreinte(facteur, code), utilise_le=None)
    return bool(restants.update(utilise_le=timezone.now()))


def codes_restants(facteur: SecondFacteur) -> int:
    return int(CodeSecours.objects.filter(facteur_id=facteur.pk, utilise_le=None).count())


@transaction.atomic
def retirer(compte: Compte, motif: str) -> None:
    """The account opens again with its password alone; the secret and the codes are erased."""
    acces.exiger_le_motif(GenreEtapeAcces.RETRAIT, motif)
    facteur = SecondFacteur.objects.filter(compte_id=compte.pk, confirme_le__isnull=False).only("id").first()
    if facteur is None:
        raise ErreurSaisie({"motif": "Aucun second facteur ne protège ce compte."})
    CodeSecours.objects.filter(facteur_id=facteur.pk).delete()
    CleAcces.objects.filter(facteur_id=facteur.pk).delete()
    SecondFacteur.objects.filter(pk=facteur.pk).delete()
    acces.noter(compte, GenreEtapeAcces.RETRAIT, motif)

"""E-mail addresses and mobile numbers: read as typed, normalised, shown masked.

The same address written otherwise (capitals, +33 or 0, spaces) is the same one: `cle` is what is compared.
"""

import re

import phonenumbers
from email_validator import EmailNotValidError, EmailSyntaxError, validate_email

from .confidentiel import Confidentiel

LONGUEUR_MAX = 254
REGIONS = ("GP", "MQ", "GF", "RE", "YT", "FR")
"""Where a number typed without its country is looked for: overseas first, whose 06 9x isn't the mainland's."""
ECRIT = re.compile(r"\+?[0-9\s.()/\u00a0\u202f-]{2,40}")
MOBILES = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)


class Injoignable(ValueError):
    """What was typed can't be one; the French message says what was expected and never repeats it."""


class Joignable(Confidentiel):
    """A way to reach somebody."""

    __slots__ = ()

    @property
    def cle(self) -> str:
        """What two writings of the same have in common."""
        return self.en_clair()


class Courriel(Joignable):
    """A normalised e-mail address. Shown as its first letter and its domain."""

    __slots__ = ()

    @property
    def cle(self) -> str:
        return self.en_clair().casefold()

    def masque(self) -> str:
        local, _, domaine = self.en_clair().rpartition("@")
        return f"{local[:1]}•••@{domaine}"


class Mobile(Joignable):
    """A mobile number, E.164. Shown by its last two digits."""

    __slots__ = ()

    def masque(self) -> str:
        return f"•• •• •• •• {self.en_clair()[-2:]}"

    def lisible(self) -> str:
        """As people of its country write it."""
        numero = phonenumbers.parse(self.en_clair())
        if numero.country_code in (33, 262, 590, 594, 596):
            return phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.NATIONAL)
        return phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


class Telephone(Mobile):
    """Any telephone number where somebody answers, E.164: a mobile or a landline."""

    __slots__ = ()


def lire_courriel(saisie: str) -> Courriel:
    """Read an e-mail address as typed. Raises `Injoignable`. Nothing is asked of the network."""
    saisie = saisie.strip()
    if len(saisie) > LONGUEUR_MAX:
        raise Injoignable(f"Une adresse électronique a {LONGUEUR_MAX} caractères au plus.")
    if "@" not in saisie:
        raise Injoignable("L'adresse électronique doit contenir une arobase (@), comme prenom.nom@exemple.fr.")
    try:
        # Domains in « .test » are nobody's: the demonstration's people live there.
        lue = validate_email(saisie, check_deliverability=False, test_environment=True)
    except EmailSyntaxError:
        raise Injoignable(
            "Cette adresse électronique est incomplète ou mal écrite. Exemple : nom@exemple.fr."
        ) from None
    except EmailNotValidError:
        raise Injoignable("Cette adresse électronique ne peut pas recevoir de message.") from None
    return Courriel(lue.normalized)


def lire_mobile(saisie: str) -> Mobile:
    """Read a mobile number as typed, with or without its country. Raises `Injoignable`."""
    numero = _lire_numero(saisie, "Écrivez un numéro de téléphone mobile, comme 06 12 34 56 78.")
    if phonenumbers.number_type(numero) not in MOBILES:
        raise Injoignable("Ce numéro n'est pas celui d'un mobile : il ne recevrait pas de SMS.")
    return Mobile(phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.E164))


def lire_telephone(saisie: str) -> Telephone:
    """Read any telephone number as typed, with or without its country. Raises `Injoignable`."""
    numero = _lire_numero(saisie, "Écrivez un numéro de téléphone, comme 06 12 34 56 78.")
    return Telephone(phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.E164))


def _lire_numero(saisie: str, attendu: str) -> phonenumbers.PhoneNumber:
    """The first region where it exists. Raises `Injoignable`, saying what was expected when it isn't a number."""
    if not ECRIT.fullmatch(saisie.strip()):
        raise Injoignable(attendu)
    for region in REGIONS:
        try:
            numero = phonenumbers.parse(saisie.strip(), region)
        except phonenumbers.NumberParseException:
            raise Injoignable(attendu) from None
        if not phonenumbers.is_valid_number(numero):
            continue
        if numero.country_code != phonenumbers.country_code_for_region(region) and region != REGIONS[-1]:
            continue  # typed with its country: read once, at the end
        return numero
    raise Injoignable("Ce numéro n'existe pas : un numéro français a dix chiffres, un étranger commence par +.")

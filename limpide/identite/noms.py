"""Search keys of names: what remains of a name without accents, case, hyphens or apostrophes.

The same rule exists twice, in Python (for what the agent types) and in SQL (a generated column, so that no load
of any kind can leave a key behind its name); a test holds them equal.
"""

import re

from django.db.models import CharField, Func

LIGATURES = (("œ", "oe"), ("Œ", "OE"), ("æ", "ae"), ("Æ", "AE"), ("ß", "ss"))
ACCENTS = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŸàáâãäåçèéêëìíîïñòóôõöøùúûüýÿ"
SANS_ACCENT = "AAAAAACEEEEIIIINOOOOOOUUUUYYaaaaaaceeeeiiiinoooooouuuuyy"
_TABLE = str.maketrans(ACCENTS, SANS_ACCENT)


def normaliser(nom: str) -> str:
    """« Léa-Noëlle d'Œuvre » → « LEA NOELLE D OEUVRE »."""
    for ligature, lettres in LIGATURES:
        nom = nom.replace(ligature, lettres)
    lettres_ascii = "".join(c.upper() if c.isascii() else c for c in nom.translate(_TABLE))
    return re.sub(r"[^A-Z0-9]+", " ", lettres_ascii).strip()


def _sql() -> str:
    expression = "%(expressions)s"
    for ligature, lettres in LIGATURES:
        expression = f"replace({expression}, '{ligature}', '{lettres}')"
    majuscules = f"upper(translate({expression}, '{ACCENTS}', '{SANS_ACCENT}'))"
    return f"btrim(regexp_replace({majuscules}, '[^A-Z0-9]+', ' ', 'g'))"


class CleNom(Func):
    """The SQL twin of `normaliser`, immutable, for generated columns."""

    template = _sql()
    output_field = CharField()
    arity = 1

"""What YAML and JSON readers say of a text that is neither, in French."""

import re

EN_FRANCAIS = (
    (r"could not determine a constructor for the tag '(.+?)'", r"l'étiquette « \1 » n'est pas acceptée"),
    (r"unhashable key|while constructing a mapping", "une clé est une liste ou un objet, un mot est attendu"),
    (r"character '\\t' that cannot start", "une tabulation est écrite là où des espaces sont attendus"),
    (r"character '(.+)' that cannot start", r"« \1 » ne peut pas commencer une valeur"),
    (r"[Ee]xceeds the limit", "un nombre a trop de chiffres"),
    (r"unacceptable character #x(\w+)", r"le caractère de contrôle n° \1 s'y trouve"),
    (r"recursion", "trop de niveaux d'imbrication"),
    (r"mapping values are not allowed", "« : » n'est pas attendu ici"),
    (r"could not find expected ':'", "il manque « : »"),
    (r"expected ',' or", "il manque une virgule, ou le signe qui ferme la liste ou l'objet"),
    (r"unexpected end of stream|stream end", "le texte s'arrête avant la fin"),
    (r"expected <block end>", "ce qui est écrit ici n'est pas aligné avec ce qui précède"),
    (r"found undefined alias", "un renvoi (*) ne renvoie à rien"),
    (r"Expecting property name", "un nom entre guillemets doubles est attendu"),
    (r"Expecting value", "une valeur est attendue"),
    (r"Expecting ',' delimiter", "une virgule est attendue"),
    (r"Expecting ':' delimiter", "« : » est attendu"),
    (r"Unterminated string", "un guillemet n'est pas fermé"),
    (r"Extra data", "du texte suit la fin de l'objet"),
    (r"Invalid control character", "un caractère de contrôle est dans un texte"),
    (r"Invalid .*escape", "une barre oblique inverse est mal employée"),
)
"""What PyYAML and `json` say, and how we say it: the first that is found."""


def en_francais(message: object) -> str:
    """What is wrong, in French; what the reader said, as it is, where it is none of these."""
    texte = str(message)
    for motif, francais in EN_FRANCAIS:
        if trouve := re.search(motif, texte):
            return trouve.expand(francais) if "\\" in francais else francais
    return texte.splitlines()[0] if texte else "rien n'est lisible"

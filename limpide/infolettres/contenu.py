"""What an agent writes, as the two parts of an e-mail: few marks, no HTML of theirs, no image, no name.

A blank line separates paragraphs; `## ` starts a title, `- ` an item, `**…**` is strong, `[words](https://…)` a link.
Everything is in the text part; the HTML part calls nothing but, for who agreed, one image that says it was displayed.
"""

import re
from dataclasses import dataclass
from html import escape

from django.template.loader import render_to_string

from limpide.infolettres.models import DESABONNEMENT

MODELE = (
    "Bonjour,\n\n\n\nVotre caisse d'allocations familiales\n\n"
    f"Vous ne voulez plus recevoir ces lettres ? {DESABONNEMENT}"
)
"""What the page offers to whoever starts a letter."""
SE_DESABONNER = "Me désabonner"
_LIEN = re.compile(r"\[([^\]\n]+)\]\((https://[^\s()<>\"']+)\)")
_FORT = re.compile(r"\*\*([^*\n]+)\*\*")
_IMAGE = re.compile(r"!\[")
_BALISE = re.compile(r"<[a-zA-Z/!]")
_AUTRE_LIEN = re.compile(r"\]\((?!https://)")
STYLES = {
    "h2": "font-size:20px;line-height:28px;margin:24px 0 8px",
    "p": "margin:0 0 16px",
    "ul": "margin:0 0 16px;padding-left:24px",
    "a": "color:#000091;text-decoration:underline",
}


def fautes(contenu: str) -> list[str]:
    """What must be changed before it can be sent, in plain French; empty when nothing."""
    regles = (
        (DESABONNEMENT not in contenu, f"Laissez {DESABONNEMENT} dans le texte : chaque lettre porte ce lien."),
        (_BALISE.search(contenu), "Écrivez sans balise HTML : « ## » pour un titre, « - » pour une liste."),
        (_IMAGE.search(contenu), "Une lettre se lit sans image : écrivez ce que l'image dirait."),
        (_AUTRE_LIEN.search(contenu), "Un lien s'écrit [ce qu'il ouvre](https://…)."),
    )
    return [message for faute, message in regles if faute]


@dataclass(frozen=True)
class Adresses:
    """Where one letter of one person points: to leave the list, to read online, to say that it was displayed."""

    desabonnement: str
    en_ligne: str
    image: str = ""


def en_texte(contenu: str, desabonnement: str) -> str:
    """The text part: links are spelled out."""
    texte = _LIEN.sub(lambda m: f"{m[1]} ({m[2]})", contenu)
    return _FORT.sub(r"\1", texte).replace("## ", "").replace(DESABONNEMENT, f"{SE_DESABONNER} : {desabonnement}")


def en_html(contenu: str, desabonnement: str, *, styles: bool, titre: str = "h2") -> str:
    """The body of the HTML part. `styles`: in each element, as mail readers want; a page of the site needs none.

    `titre`: the level of its titles, where the letter stands under one already.
    """
    blocs = [bloc for bloc in re.split(r"\n\s*\n", contenu.strip()) if bloc]
    return "".join(_bloc(bloc, desabonnement, styles=styles, titre=titre) for bloc in blocs)


def _bloc(bloc: str, desabonnement: str, *, styles: bool, titre: str) -> str:
    lignes = [ligne.strip() for ligne in bloc.splitlines() if ligne.strip()]

    def ouvrir(nom: str) -> str:
        return f'<{nom} style="{STYLES[nom]}">' if styles else f"<{nom}>"

    def dans(texte: str) -> str:
        return _ligne(texte, desabonnement, f' style="{STYLES["a"]}"' if styles else "")

    if lignes and lignes[0].startswith("## "):
        reste = "\n".join(lignes[1:])
        suite = _bloc(reste, desabonnement, styles=styles, titre=titre) if reste else ""
        return f"{ouvrir(titre)}{dans(lignes[0][3:])}</{titre}>{suite}"
    if lignes and all(ligne.startswith("- ") for ligne in lignes):
        return ouvrir("ul") + "".join(f"<li>{dans(ligne[2:])}</li>" for ligne in lignes) + "</ul>"
    return f"{ouvrir('p')}{'<br>'.join(dans(ligne) for ligne in lignes)}</p>"


def _ligne(texte: str, desabonnement: str, style: str) -> str:
    sure = _FORT.sub(r"<strong>\1</strong>", escape(texte, quote=False))
    sure = _LIEN.sub(lambda m: f'<a href="{m[2]}"{style}>{m[1]}</a>', sure)
    sortie = f'<a href="{escape(desabonnement)}"{style}>{SE_DESABONNER}</a>'
    return sure.replace(DESABONNEMENT, sortie)


def composer(sujet: str, contenu: str, adresses: Adresses) -> tuple[str, str]:
    """(text part, HTML part) of the e-mail to one person."""
    contexte = {"sujet": sujet, "adresses": adresses, "style_lien": STYLES["a"]}
    texte = render_to_string(
        "infolettres/courriel.txt", contexte | {"corps": en_texte(contenu, adresses.desabonnement)}
    )
    corps = en_html(contenu, adresses.desabonnement, styles=True)
    return texte, render_to_string("infolettres/courriel.html", contexte | {"corps": corps})

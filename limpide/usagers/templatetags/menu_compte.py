"""`{% menu_compte %}`: the menu of Mon Compte, for the page being shown."""

from typing import Any

from django import template

from limpide.usagers import menu

register = template.Library()


@register.inclusion_tag("usagers/compte/_menu.html", takes_context=True)
def menu_compte(context: dict[str, Any]) -> dict[str, Any]:
    requete = context["request"]
    ici = requete.resolver_match.url_name if requete.resolver_match else ""
    return {"menu": menu.lire(ici, au_nom=bool(getattr(requete, "au_nom_de", None))), "ici": ici}

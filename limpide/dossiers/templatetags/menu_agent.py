"""`{% menu_agent %}`: the agents' menu, for the page being shown."""

from typing import Any

from django import template

from limpide.dossiers import menu

register = template.Library()


@register.inclusion_tag("dossiers/_menu_agent.html", takes_context=True)
def menu_agent(context: dict[str, Any]) -> dict[str, Any]:
    trouvee = context["request"].resolver_match
    return {"entrees": menu.lire(trouvee.view_name if trouvee else "")}

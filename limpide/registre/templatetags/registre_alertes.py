"""`{% alertes_ouvertes as nombre %}`: the number of alerts that wait, where the page's processing declares it."""

from django import template

from limpide.registre import alertes

register = template.Library()


@register.simple_tag
def alertes_ouvertes() -> int | None:
    return alertes.ouvertes()

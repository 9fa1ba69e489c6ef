"""Processings of the room: what each may read and write. No other processing of the project declares these tables."""

from limpide.relation.declarations_contacts import TRAITEMENTS_CONTACTS
from limpide.relation.declarations_messages import TRAITEMENTS_MESSAGES
from limpide.relation.declarations_rendez_vous import TRAITEMENTS_RENDEZ_VOUS

TRAITEMENTS = (*TRAITEMENTS_MESSAGES, *TRAITEMENTS_CONTACTS, *TRAITEMENTS_RENDEZ_VOUS)

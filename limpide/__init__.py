"""Limpide: an open information system for family benefits.

One package per room (see docs/architecture.md). `limpide.droits` is the law, pure; the other rooms are
Django applications that own facts, decisions, money and access.
"""

__version__ = "0.1.0"

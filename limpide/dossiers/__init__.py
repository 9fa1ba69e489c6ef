"""Allocataire files: household, bitemporal facts, claims, liquidation, decisions.

In: dated facts with their source. Out: situations for the law, entitlement lines, explained decisions.
May call: droits, identite, registre, socle.
"""

"""The public simulator: anonymous answers → a law record → amounts with their reasons.

In: what a visitor typed, carried from part to part by the form itself. Out: a `Situation` and the suppositions
made. Nothing is stored: no session, no cookie, no log of answers. May call droits only (and the shared form base).
"""

"""A change of situation declared online: asked by kind, kept as a draft, read again, sealed once.

In: what the file knows, and a form. Out: what concerns people already known, at once; a new person, or what a body
proves, as a task that an agent checks and records; a receipt. May call `dossiers`, `identite`, `paiements`.
"""

"""Retention: how long each row lives, what holds it, how it goes. The register knows nobody: the rooms give the clocks.

In: a `Retention` beside each model, what still links a household to its Caf (`relations`), freezes. Out: files that
leave the active base for the archive, are told, then erased everywhere; a signed report with counts only.
"""

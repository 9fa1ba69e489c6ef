"""What runs every day: rooms register their tasks, one command runs them in order, the officer reads what happened.

Comes in: each room's `taches_du_jour.py` (`TRAVAUX`). Goes out: `executer`, called by `limpide jour`, and the record of
each passage. A task opens its own processings; this package never touches what they touch.
"""

"""The ground every room stands on: settings, root URLs, embedded PostgreSQL, base pages, logs.

In: the environment (LIMPIDE_HOME, DATABASE_URL…). Out: a configured Django site and a reachable database.
Imports no other room; rooms are named here only as strings (INSTALLED_APPS, include()).
"""

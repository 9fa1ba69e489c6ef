"""The synthetic world: a fictitious population, seeded, and the demonstration built on it.

In: a number of households and a seed. Out: persons, files, facts and accounts.
May call every room; nobody calls it.
"""

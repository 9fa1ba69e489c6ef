"""A synthetic population the size of the country, in Parquet: `limpide population`.

Comes in: a number of households, a month, a seed. Goes out: `foyers.parquet` and `personnes.parquet`
(docs/population.md), calibrated on published counts (`calage.toml`, each figure with its source), and a report that
compares what was drawn with what was published. Drawn piece by piece in bounded memory: a piece depends on the seed
and its rank alone. It describes nobody. Calls the catalogue of facts and the format of `lot`; nobody in the law
calls it.
"""

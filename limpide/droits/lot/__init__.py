"""A whole population computed for one month: `limpide calculer-lot`.

Comes in: a folder with `foyers.parquet` and `personnes.parquet` (format: docs/population.md). Goes out: a folder with
the rights of each household, the rows that were refused and why, and what it all comes to. Works row group by row group
in bounded memory, on threads of this machine or on the workers of a Dask cluster; started again, does what remains.
Calls the law and its records; nobody in the law calls it.
"""

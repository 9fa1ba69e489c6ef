"""Households at random, written directly as law records: what proofs, comparisons and benchmarks run on.

Comes in: a number of households, a month, a seed, and which corners of the law to reach (`Tirage`). Goes
out: the arrays `foyers` and `personnes`, always the same for the same seed. The draws aim at thresholds
(ages, parents' incomes, hours of minimum wage) far more often than life does: they look for faults, they
describe nobody. Calls the records and the catalogue of facts, nothing else.
"""

from .tirage import TIRAGE_COMPARABLE, TIRAGE_COMPLET, Tirage, tirer

__all__ = ["TIRAGE_COMPARABLE", "TIRAGE_COMPLET", "Tirage", "tirer"]

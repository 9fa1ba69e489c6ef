"""What a change of parameters would do to a population: `limpide reforme`.

Comes in: a population (docs/population.md), a month, parameters of the law with other values. Goes out: who gains, who
loses, what each benefit costs more or less, by tenth of living standard, as one page with charts and their tables, as
JSON and as CSV. The values are laid over those of the law in memory: no file of the law is touched.
"""

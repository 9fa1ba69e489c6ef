"""The benchmark (`make bench`): how fast the law and the month are, side by side with others.

Comes in: the population of `limpide.droits.hasard.banc`, the same for both engines, and a month of the
synthetic world. Goes out: printed tables with the machine, the sizes and medians. CPU seconds are the
reliable figure on a shared machine. May call every room, and OpenFisca-France through `differentiel`.
"""

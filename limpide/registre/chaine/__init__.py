"""The chain of the journal: what makes an edit, a deletion, an insertion, a reordering or a truncation visible.

`calcul` and `examen` are pure (a file of lines, no database); `scellement` chains what is committed; `tetes` signs.
"""

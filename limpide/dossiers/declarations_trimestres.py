"""Columns of the quarters to declare, for the processings of the rooms above."""

TRIMESTRE_LU = (
    "id", "dossier_id", "organisme_id", "personne_id", "mois", "echeance", "rappele_le", "rappele_encore_le",
    "suspendu_le", "declare_le", "scellee_id",
)  # fmt: skip
TRIMESTRE_CREE = tuple(c for c in TRIMESTRE_LU if c != "id")
TRIMESTRE_RAPPELE = ("rappele_le", "rappele_encore_le")

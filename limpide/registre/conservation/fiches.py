"""What a declaration says of its durations, written from the typed ones: the sheet and the purge cannot disagree."""

from limpide.registre.conservation.durees import APRES_LA_RELATION, EN_BASE_ACTIVE
from limpide.registre.declaration import Conservation


def fiche_du_dossier() -> Conservation:
    """The sheet of every processing that writes in the tables of a file or of a person."""
    return Conservation(
        active=f"pendant la relation avec la caisse, puis {EN_BASE_ACTIVE}",
        intermediaire=f"jusqu'à {APRES_LA_RELATION} au plus après la fin de cette relation, ou jusqu'à la décision "
        "définitive en cas de litige",
        sort_final="suppression",
        source=f"{EN_BASE_ACTIVE.source}. {APRES_LA_RELATION.source}",
    )

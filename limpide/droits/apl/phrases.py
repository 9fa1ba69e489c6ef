"""What the explanation says of the reduction of social rents."""

from typing import Any

from limpide.droits.bases.mots import euros, pour_cent


def dire_reduction(a: Any, r: float) -> str:
    part = pour_cent(a["b"][6].rls_part_apl)
    return (
        f"Votre bailleur social doit baisser votre loyer de {euros(r)} (réduction de loyer de solidarité) : l'APL"
        f" baisse de {part} de cette somme."
    )

"""What the register says of each system of the page, for the table of claims."""

from limpide.registre.collecte import registre

from .bilan import SystemeAnnonce


def annonces() -> tuple[SystemeAnnonce, ...]:
    """The systems of the register in the page's order."""
    codes = sorted({t.systeme for t in registre().traitements.values() if t.systeme.startswith("S")})
    return tuple(SystemeAnnonce(code, code, en_service=True) for code in codes)

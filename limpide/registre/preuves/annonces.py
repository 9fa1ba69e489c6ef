"""What the register says of each system of the page, for the table of claims."""

from limpide.registre.collecte import registre

from .bilan import SystemeAnnonce


def annonces() -> tuple[SystemeAnnonce, ...]:
    """The systems of the register in the page's order; one with no running processing is yet to build, or closed."""
    return tuple(
        SystemeAnnonce(
            systeme.code,
            systeme.nom,
            en_service=registre().construit(systeme.code),
            clos=systeme.statut != "vivant",
            manque=systeme.reste,
        )
        for systeme in registre().systemes.values()
    )

"""The law spoken in the words of OpenFisca's web API: same addresses, same JSON shapes, for what Limpide computes.

In: a situation by entities, where `null` asks for a value. Out: the same situation completed, or its trace with
our explanation beside it; the catalogues of variables and parameters; the OpenAPI description. Pure: no Django, no
network; `usagers` serves it.
"""

from .calcul import calculer, tracer_situation
from .entites import ENTITES, entites
from .parametres import parametre, parametres_publies
from .refus import Refus
from .specification import specification
from .variables import variable, variables_publiees

__all__ = [
    "ENTITES",
    "Refus",
    "calculer",
    "entites",
    "parametre",
    "parametres_publies",
    "specification",
    "tracer_situation",
    "variable",
    "variables_publiees",
]

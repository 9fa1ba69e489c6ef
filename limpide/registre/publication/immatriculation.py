"""The ten questions and answers on identification and registration, with the texts that each rests on."""

import datetime as dt
import functools
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from limpide.registre.declaration import exiger

FICHIER = Path(__file__).with_name("immatriculation.toml")
NOMBRE = 10


@dataclass(frozen=True)
class Question:
    """One question, its answer in paragraphs, the texts it cites; `ici`: what this software does of it."""

    titre: str
    reponse: tuple[str, ...]
    textes: tuple[str, ...]
    ici: str = ""


@dataclass(frozen=True)
class Questions:
    """The ten, the day their texts were read, and the version of what is said."""

    questions: tuple[Question, ...]
    lu_le: dt.date
    version: str


@functools.cache
def questions() -> Questions:
    """What the page says; `DeclarationInvalide` if one answer cites no text, or if they are not ten."""
    contenu = FICHIER.read_bytes()
    lu = tomllib.loads(contenu.decode())
    toutes = tuple(
        Question(q["titre"], tuple(q["reponse"]), tuple(q["textes"]), q.get("ici", "")) for q in lu["question"]
    )
    exiger(len(toutes) == NOMBRE, f"immatriculation : {NOMBRE} questions attendues, {len(toutes)} trouvées")
    for question in toutes:
        exiger(
            question.reponse and question.textes, f"immatriculation, « {question.titre} » : réponse et textes exigés"
        )
    return Questions(toutes, lu["lu_le"], hashlib.sha256(contenu).hexdigest()[:16])

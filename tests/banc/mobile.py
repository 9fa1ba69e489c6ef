"""The mobile application, as its developer would write it: JSON over the real addresses, with its tokens.

Whatever is asked, the answer is held against the published description: its status, its shape, its codes.
"""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import Resolver404, resolve
from jsonschema import Draft202012Validator

from limpide.usagers import conditions
from limpide.usagers.mobile import PREFIXE, description
from tests.banc import ecrans

ANDROID = "Limpide/1.0 (Linux; Android 15; Mobile)"


def verifier(chemin: str, methode: str, reponse: Any) -> None:
    """That this answer is one that the description announces, and that it keeps its secrets."""
    assert not reponse.cookies, "l'API ne dépose aucun témoin de connexion"
    assert "Access-Control-Allow-Origin" not in reponse
    try:
        quoi = resolve(chemin.split("?", maxsplit=1)[0]).func.operation  # type: ignore[attr-defined]
    except Resolver404:
        forme: dict[str, Any] | None = description.de("Probleme")
        assert reponse.status_code == 404
    else:
        dites = description.document()["paths"][description.chemin_de(quoi)][quoi.methode.lower()]["responses"]
        assert str(reponse.status_code) in dites, (reponse.status_code, reponse.content)
        contenus = dites[str(reponse.status_code)].get("content")
        assert (contenus is None or methode == "HEAD") == (reponse.content == b"")
        if contenus is None or methode == "HEAD":
            return
        (genre, contenu), *_ = contenus.items()
        assert reponse["Content-Type"] == genre
        forme = contenu["schema"]
        if quoi.traitements or reponse.status_code >= 400:
            assert reponse["Cache-Control"] == "no-store"
    composants = {"components": description.document()["components"]}
    Draft202012Validator({**composants, **forme}, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(
        reponse.json()
    )


class Application:
    """One application on one telephone. `demander` sends the access token that it holds."""

    def __init__(self, **entetes: str) -> None:
        self.client = Client(enforce_csrf_checks=True, headers={"user-agent": ANDROID} | entetes)
        self.jetons: dict[str, str] = {}

    def entrer(self, numero: str, mot_de_passe: str = ecrans.MOT_DE_PASSE, **autres: Any) -> Any:
        code = {"code": autres.pop("code")} if "code" in autres else {}
        saisie = {"numero": numero, "mot_de_passe": mot_de_passe} | code
        reponse = self.demander("connexion/", saisie, **autres)
        if reponse.status_code == 201:
            self.jetons = reponse.json()
        return reponse

    def renouveler(self, jeton: str = "") -> Any:
        reponse = self.demander("jetons/", {"renouvellement": jeton or self.jetons["renouvellement"]})
        if reponse.status_code == 201:
            self.jetons = reponse.json()
        return reponse

    def demander(self, chemin: str, corps: Any = None, methode: str = "", **options: Any) -> Any:
        """POST with a body, GET without, unless `methode` says otherwise."""
        if self.jetons:
            options.setdefault("headers", {})["authorization"] = f"Bearer {self.jetons['acces']}"
        if corps is not None:
            options |= {
                "data": corps if isinstance(corps, str) else json.dumps(corps),
                "content_type": "application/json",
            }
        methode = methode or ("GET" if corps is None else "POST")
        reponse = self.client.generic(methode, PREFIXE + chemin, **options)
        verifier(PREFIXE + chemin, methode, reponse)
        return reponse

    def envoyer(self, chemin: str, fichiers: list[bytes]) -> Any:
        """Files, in a form."""
        champs = {"fichiers": [SimpleUploadedFile(f"{n}.jpg", octets) for n, octets in enumerate(fichiers)]}
        corps = encode_multipart(BOUNDARY, champs)
        return self.demander(chemin, methode="POST", data=corps, content_type=MULTIPART_CONTENT)

    def accepter(self, **autres: Any) -> Any:
        return self.demander(
            "conditions/accepter/", {"accepte": True, "empreinte": conditions.en_vigueur().empreinte} | autres
        )


def d_amina(presents: Any) -> Application:
    """Amina's, connected."""
    application = Application()
    reponse = application.entrer(ecrans.amina(presents).identifiant)
    assert reponse.status_code == 201, reponse.content.decode()
    return application

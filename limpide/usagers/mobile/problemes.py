"""Refusals of the API, each with its code: « problem details » (RFC 9457), in plain French, never with any data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse

GENRE_DE_CONTENU = "application/problem+json"
Entetes = Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Probleme:
    """One kind of refusal. `titre`: what is wrong; `suite`: what the application shows or does next."""

    code: str
    statut: int
    titre: str
    suite: str


CATALOGUE = (
    JSON_ILLISIBLE := Probleme(
        "json-illisible", 400, "La demande n'est pas un objet JSON lisible.",
        "Envoyez un objet JSON en UTF-8 (Content-Type: application/json).",
    ),
    REQUETE_INCORRECTE := Probleme(
        "requete-incorrecte", 400, "La demande est mal formée.", "Corrigez l'adresse ou les en-têtes envoyés.",
    ),
    NON_RECONNU := Probleme(
        "identifiants-non-reconnus", 401, "Identifiants non reconnus.",
        "Vérifiez le numéro et le mot de passe. La réponse est la même que le compte existe ou non.",
    ),
    CODE_ATTENDU := Probleme(
        "second-facteur-exige", 401, "Un code est demandé en plus du mot de passe.",
        "Demandez le code à six chiffres, ou un code de secours, et renvoyez le tout.",
    ),
    CODE_FAUX := Probleme(
        "code-faux", 401, "Ce code n'est pas le bon, ou il a déjà servi.", "Attendez le suivant et recommencez.",
    ),
    SANS_JETON := Probleme(
        "jeton-refuse", 401, "Le jeton manque, a expiré, ou n'ouvre plus rien.",
        "Renouvelez le jeton d'accès ; si le renouvellement est refusé, demandez de nouveau les identifiants.",
    ),
    REJOUE := Probleme(
        "jeton-rejoue", 401, "Ce jeton de renouvellement a déjà servi : la connexion est fermée.",
        "Quelqu'un détient peut-être une copie. Demandez de nouveau les identifiants.",
    ),
    SUSPENDU := Probleme(
        "acces-suspendu", 403, "L'accès à Mon Compte est suspendu.",
        "Montrez le motif, la date et la manière de contester. Les droits et les paiements continuent.",
    ),
    MOT_DE_PASSE := Probleme(
        "mot-de-passe-a-changer", 403, "Le mot de passe est à changer.",
        "Ouvrez la page du site où il se change ; rien d'autre ne s'ouvre avant.",
    ),
    CONDITIONS_A_LIRE := Probleme(
        "conditions-a-lire", 403, "Les conditions d'utilisation sont à lire et à accepter.",
        "Montrez le texte en vigueur, puis envoyez l'acceptation ou le refus.",
    ),
    CONDITIONS_REFUSEES := Probleme(
        "conditions-refusees", 403, "Les conditions d'utilisation sont refusées : Mon Compte est fermé.",
        "Les droits et les paiements continuent. La personne peut revenir sur son refus.",
    ),
    SANS_CONTACT := Probleme(
        "coordonnee-a-confirmer", 403, "Aucune adresse électronique ni aucun mobile n'est confirmé.",
        "Ouvrez la page du site où une coordonnée se confirme.",
    ),
    REFUSE := Probleme("acces-refuse", 403, "Cette donnée n'est pas ouverte à ce compte.", "Ne réessayez pas."),
    INTROUVABLE := Probleme(
        "introuvable", 404, "Cette adresse ne mène à rien pour ce compte.",
        "Un objet d'un autre dossier répond comme un objet qui n'existe pas.",
    ),
    SANS_DOSSIER := Probleme(
        "sans-dossier", 404, "Aucun dossier d'allocataire n'est lié à ce compte.",
        "La personne peut demander une aide.",
    ),
    METHODE := Probleme("methode-refusee", 405, "Cette adresse n'accepte pas cette méthode.", "Voyez l'en-tête Allow."),
    TEXTE_CHANGE := Probleme(
        "texte-change", 409, "Les conditions ont changé pendant la lecture.", "Montrez le nouveau texte.",
    ),
    INCOMPLETE := Probleme(
        "demande-incomplete", 409, "Cette demande n'est pas prête : une étape attend encore une réponse.",
        "Reprenez la demande où elle en est.",
    ),
    A_RELIRE := Probleme(
        "demande-changee", 409, "La demande a changé depuis sa relecture.",
        "Montrez de nouveau ce qui sera envoyé, puis renvoyez les cases cochées.",
    ),
    TROP_LOURD := Probleme("trop-lourd", 413, "La demande est trop lourde.", "Envoyez moins."),
    FORMAT := Probleme(
        "format-refuse", 415, "La demande s'envoie en JSON.", "Ajoutez Content-Type: application/json.",
    ),
    FORMAT_FICHIERS := Probleme(
        "fichiers-attendus", 415, "Les fichiers s'envoient dans un formulaire.",
        "Envoyez du multipart/form-data, avec un ou plusieurs champs « fichiers ».",
    ),
    SAISIE := Probleme(
        "saisie-invalide", 422, "La demande est incomplète ou inexacte.",
        "« champs » nomme chaque champ fautif et dit ce qui est attendu. Rien n'est enregistré.",
    ),
    TROP_D_ESSAIS := Probleme(
        "trop-d-essais", 429, "Trop d'essais.", "Attendez quinze minutes, puis recommencez (en-tête Retry-After).",
    ),
    TROP_DE_DEMANDES := Probleme(
        "trop-de-demandes", 429, "Trop de demandes à la fois.", "Attendez le temps que dit l'en-tête Retry-After.",
    ),
    PANNE := Probleme("panne", 500, "Une panne nous empêche de répondre.", "Réessayez plus tard."),
    FERME := Probleme(
        "service-ferme", 503, "Ce service est fermé pour le moment.",
        "Dites les autres manières de joindre la Caf : accueil, courrier, téléphone.",
    ),
)  # fmt: skip
PAR_STATUT = {
    400: REQUETE_INCORRECTE, 403: REFUSE, 404: INTROUVABLE, 405: METHODE, 413: TROP_LOURD, 500: PANNE, 503: FERME,
}  # fmt: skip
"""What is said when something before the operation answered: the resolver, the gate, a failure."""


class Refus(Exception):
    """An operation answers with a problem. `champs`: field → what was expected; `autres`: more members."""

    def __init__(self, probleme: Probleme, detail: str = "", *, entetes: Entetes = None, **autres: Any) -> None:
        super().__init__(probleme.code)
        self.probleme, self.detail, self.entetes, self.autres = probleme, detail, entetes or {}, autres

    def reponse(self, request: HttpRequest) -> JsonResponse:
        return repondre(request, self.probleme, self.detail, entetes=self.entetes, **self.autres)


def repondre(
    request: HttpRequest,
    probleme: Probleme,
    detail: str = "",
    *,
    entetes: Mapping[str, str] | None = None,
    **autres: Any,
) -> JsonResponse:
    """The answer, never kept by a cache. `type` leads to the page where the code is explained."""
    page = request.build_absolute_uri(reverse("usagers:developpeurs"))
    contenu = {
        "type": f"{page}#{probleme.code}", "title": probleme.titre, "status": probleme.statut,
        "detail": detail or probleme.suite, "code": probleme.code, **autres,
    }  # fmt: skip
    reponse = JsonResponse(
        contenu, status=probleme.statut, content_type=GENRE_DE_CONTENU, json_dumps_params={"ensure_ascii": False}
    )
    reponse["Cache-Control"] = "no-store"
    if probleme.statut == 401:
        reponse["WWW-Authenticate"] = 'Bearer realm="Mon Compte"'
    for nom, valeur in (entetes or {}).items():
        reponse[nom] = valeur
    return reponse

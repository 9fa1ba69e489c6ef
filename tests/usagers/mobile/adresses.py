"""Addresses of the mobile API, without a token: what a GET answers to anybody, session of the site or not.

The API knows tokens only; what each token opens, and to whom, is in `test_seuil` and `test_dossier`.
"""

PUBLIC, PAR_POST, SANS_JETON = 200, 405, 401

API: dict[str, int] = {
    "/api/mobile/v1/openapi.json": PUBLIC,
    "/api/mobile/v1/conditions/": PUBLIC,
    "/api/mobile/v1/connexion/": PAR_POST,
    "/api/mobile/v1/jetons/": PAR_POST,
    "/api/mobile/v1/deconnexion/": SANS_JETON,
    "/api/mobile/v1/conditions/accepter/": SANS_JETON,
    "/api/mobile/v1/conditions/refuser/": SANS_JETON,
    "/api/mobile/v1/moi/": SANS_JETON,
    "/api/mobile/v1/mois/": SANS_JETON,
    "/api/mobile/v1/mois/<str:mois>/": SANS_JETON,
    "/api/mobile/v1/paiements/": SANS_JETON,
    "/api/mobile/v1/decisions/": SANS_JETON,
    "/api/mobile/v1/decisions/<int:numero>/": SANS_JETON,
    "/api/mobile/v1/aides/": SANS_JETON,
    "/api/mobile/v1/aides/<str:droit>/": SANS_JETON,
    "/api/mobile/v1/aides/<str:droit>/etapes/<int:etape>/": SANS_JETON,
    "/api/mobile/v1/aides/<str:droit>/reponses/": SANS_JETON,
    "/api/mobile/v1/aides/<str:droit>/relecture/": SANS_JETON,
    "/api/mobile/v1/aides/<str:droit>/envoi/": SANS_JETON,
    "/api/mobile/v1/aides/<str:droit>/abandon/": SANS_JETON,
    "/api/mobile/v1/demandes/": SANS_JETON,
    "/api/mobile/v1/documents/": SANS_JETON,
    "/api/mobile/v1/documents/<int:piece>/": SANS_JETON,
}

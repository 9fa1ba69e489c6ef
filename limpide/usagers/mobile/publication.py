"""What is published, the same for everybody: kept by who read it, and asked again by its fingerprint (ETag)."""

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag


def publier(request: HttpRequest, contenu: Any) -> HttpResponse:
    """JSON; 304 and no content when the reader holds it already."""
    octets = json.dumps(contenu, ensure_ascii=False).encode()
    etag = quote_etag(hashlib.sha256(octets).hexdigest())
    reponse: HttpResponse = HttpResponse(octets, content_type="application/json")
    reponse["ETag"] = etag
    rendue: HttpResponse = get_conditional_response(request, etag=etag, response=reponse) or reponse
    rendue["Cache-Control"] = "no-cache"
    return rendue

"""Root of the addresses: each room brings its own, named here as strings only."""

from importlib.util import find_spec

from django.urls import include, path

from limpide.socle import pages

SALLES = (
    ("", "limpide.usagers.urls"),
    ("agent/", "limpide.dossiers.urls"),
    ("agent/", "limpide.paiements.urls"),
    ("agent/lettres/", "limpide.infolettres.urls_agent"),
    ("agent/", "limpide.relation.urls"),
    ("lettres/", "limpide.infolettres.urls"),
    ("dpd/", "limpide.registre.urls"),
    ("dpd/", "limpide.dossiers.urls_dpd"),
    ("homologations/", "limpide.registre.urls_homologations"),
    ("informatique-et-libertes/", "limpide.registre.publication.urls"),
)

urlpatterns = [
    *(path(prefixe, include(module)) for prefixe, module in SALLES if find_spec(module)),
    path("accessibilite/", pages.accessibilite, name="accessibilite"),
    path("donnees-personnelles/", pages.donnees_personnelles, name="donnees_personnelles"),
    path("etat", pages.etat, name="etat"),
]

handler400 = pages.requete_incorrecte
handler403 = pages.acces_refuse
handler404 = pages.introuvable
handler500 = pages.panne

"""The API of the mobile application: Mon Compte in JSON, behind the same terms, the same locks and the same refusals.

In: a token given for a number, a password and, where there is one, a second factor. Out: the account's own data, each
under the processing of the same page of the site, journalled with its channel; refusals in plain French (RFC 9457).
Nobody acts for somebody else here. Each address is one operation; the OpenAPI document is written from them.
"""

PREFIXE = "/api/mobile/v1/"
CANAL = "Application mobile"
"""What the journal, and the person who reads it, see before the reason."""

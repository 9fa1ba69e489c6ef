"""Supporting documents (S26): what a person or an agent sends, checked, cleaned, encrypted, and who may read it.

In: bytes that nobody should trust. Out: an image or a PDF that shows what it showed and does nothing else, bound to a
file or to a person, with two SHA-256 (as received, as kept). Calls nobody but `identite` and this room's tables.
"""

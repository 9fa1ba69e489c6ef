"""What an access request must know of identities: the duplicates that were found to be this person."""

from typing import Any

from .alias import doublons_de

LECTURES: dict[str, Any] = {}
AUSSI = doublons_de
"""Other entries of the same person, whose rows are theirs too."""

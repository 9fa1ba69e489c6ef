"""Files that people send stay in memory, never on the server's disk in clear; what is too big is counted, not kept."""

import io
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

OCTETS_PAR_FICHIER = 10 * 1024 * 1024
OCTETS_PAR_ENVOI = 6 * OCTETS_PAR_FICHIER
"""A whole request: more is refused before being read."""


class EnMemoire(FileUploadHandler):
    """Keeps each file in memory up to its limit. A bigger one comes out empty, with its real size for the form."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 -- Django's own name
        content_length: int,
        boundary: bytes,
        encoding: str | None = None,
    ) -> None:
        if content_length > OCTETS_PAR_ENVOI:
            raise RequestDataTooBig("L'envoi dépasse la taille admise.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.recu = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= OCTETS_PAR_FICHIER:
            self.recu.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        garde = self.recu if file_size <= OCTETS_PAR_FICHIER else io.BytesIO()
        garde.seek(0)
        return InMemoryUploadedFile(
            file=garde, field_name=self.field_name, name=self.file_name or "fichier",
            content_type=self.content_type or "", size=file_size, charset=self.charset,
            content_type_extra=self.content_type_extra,
        )  # fmt: skip

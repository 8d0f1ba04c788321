"""Form bodies: a form that breaks off is told as an upload that did, not as an empty form."""

from typing import IO, Any

from flask import Request
from werkzeug.formparser import FormDataParser

from scanner.core.errors import TruncatedUpload


class WholeFormParser(FormDataParser):
    """Werkzeug's parser, which passes a form that ends too early for one without fields."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._opened: list[IO[bytes]] = []
        self._make_file = self.stream_factory
        self.stream_factory = self._remembered_file

    def _remembered_file(self, *args: Any, **options: Any) -> IO[bytes]:
        file = self._make_file(*args, **options)
        self._opened.append(file)
        return file

    def _parse_multipart(self, stream: IO[bytes], *args: Any, **options: Any) -> Any:
        try:
            return super()._parse_multipart(stream, *args, **options)
        except ValueError as error:
            for file in self._opened:
                file.close()
            raise TruncatedUpload(
                "The form ends before its last part does.", advice="Send the file again."
            ) from error


class FormRequest(Request):
    """A request whose form is whole, or `TruncatedUpload`."""

    form_data_parser_class = WholeFormParser

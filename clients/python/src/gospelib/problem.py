"""What the API answers when it does not answer (RFC 9457)."""

from typing import Any, Self

import httpx

# Of an answer that tells no type, by RFC 9457.
BLANK = "about:blank"


class Problem(Exception):  # noqa: N818 - the name of the RFC
    """An answer that is none: `status`, `type` and `detail` as the service tells them."""

    def __init__(self, status: int, kind: str, detail: str, body: dict[str, Any]) -> None:
        super().__init__(f"{status} {kind}: {detail}")
        self.status = status
        self.type = kind
        self.detail = detail
        self.body = body

    @classmethod
    def of(cls, response: httpx.Response) -> Self:
        """The problem of a response; of something that tells none, its status."""
        try:
            body = response.json()
        except ValueError:
            body = {}
        if not isinstance(body, dict):
            body = {}
        detail = str(body.get("detail") or body.get("title") or response.reason_phrase)
        return cls(response.status_code, str(body.get("type", BLANK)), detail, body)

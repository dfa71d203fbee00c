"""The client: one method a question, generated models for the answers."""

import time
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import httpx
from pydantic import BaseModel

from gospelib import models
from gospelib.problem import Problem

if TYPE_CHECKING:
    import pandas

Answer = TypeVar("Answer", bound=BaseModel)

RETRIED = {429, 502, 503, 504}
ATTEMPTS = 4
LONGEST_WAIT_S = 30.0


class Client:
    """Reads a GospeLib. Reuse one: it keeps its connections.

    Asks again when it is told to come later (429, 503) or something in between fails (502, 504):
    after `Retry-After` seconds where the answer has it, else after 0.5, 1, 2 s; at most four
    times in all.
    """

    def __init__(self, origin: str = "http://localhost:8080", timeout: float = 10.0) -> None:
        self._http = httpx.Client(base_url=f"{origin.rstrip('/')}/api/v1", timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends its connections."""
        self._http.close()

    def chapter(self, chapter: str) -> models.ApiV1ChaptersChapterGetResponse:
        """A chapter as it is read, for instance `alma.32`. Raises Problem (404) for none."""
        return self._get(f"/chapters/{chapter}", models.ApiV1ChaptersChapterGetResponse)

    def chapter_frame(self, chapter: str) -> "pandas.DataFrame":
        """The verses of a chapter by their number, a row each. Needs `gospelib[frame]`."""
        import pandas

        rows = [verse.model_dump() for verse in self.chapter(chapter).verses]
        return pandas.DataFrame(rows).set_index("number")

    def search(self, query: str, **filters: str) -> Iterator[models.Hit]:
        """Every hit, best first; pages are fetched when needed. Filters: `volume`, `book`."""
        cursor: str | None = None
        while True:
            page = self._get(
                "/search",
                models.ApiV1SearchGetResponse,
                {"q": query, "limit": "100", **filters, **({"cursor": cursor} if cursor else {})},
            )
            yield from page.hits
            cursor = page.next
            if cursor is None:
                return

    def word(self, strongs: str) -> models.ApiV1WordsStrongsGetResponse:
        """A Hebrew or Greek word by its number, for instance `H7225`, with where it stands."""
        return self._get(f"/words/{strongs}", models.ApiV1WordsStrongsGetResponse)

    def connections(self, passage: str) -> models.ApiV1PassagesIdConnectionsGetResponse:
        """What a verse is connected with, by kind, for instance of `gen.1.1`."""
        path = f"/passages/{passage}/connections"
        return self._get(path, models.ApiV1PassagesIdConnectionsGetResponse)

    def corpus(self) -> models.ApiV1CorpusGetResponse:
        """Version, counts, sources and their licences: what to cite."""
        return self._get("/corpus", models.ApiV1CorpusGetResponse)

    def _get(self, path: str, model: type[Answer], params: dict[str, str] | None = None) -> Answer:
        for attempt in range(ATTEMPTS):
            response = self._http.get(path, params=params)
            if response.status_code == httpx.codes.OK:
                return model.model_validate_json(response.content)
            if response.status_code not in RETRIED or attempt == ATTEMPTS - 1:
                break
            time.sleep(_wait(response.headers.get("retry-after"), attempt))
        raise Problem.of(response)


def _wait(retry_after: Any, attempt: int) -> float:
    """Seconds until the next attempt; anything else than seconds counts as nothing said."""
    try:
        return min(float(retry_after), LONGEST_WAIT_S)
    except (TypeError, ValueError):
        return 0.5 * 2.0**attempt

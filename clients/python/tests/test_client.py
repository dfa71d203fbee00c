"""Against a running platform."""

import runpy
from itertools import islice
from pathlib import Path

import pytest

from gospelib import Client, Problem

EXAMPLES = Path(__file__).parents[1] / "examples"


def test_a_chapter_is_read_as_it_stands(client: Client) -> None:
    chapter = client.chapter("alma.32")
    assert chapter.reference == "Alma 32"
    assert len(chapter.verses) == 43
    assert "faith is not to have a perfect knowledge" in chapter.verses[20].text


def test_a_chapter_is_a_frame_by_verse(client: Client) -> None:
    frame = client.chapter_frame("alma.32")
    assert len(frame) == 43
    assert "faith" in str(frame.loc[21, "text"])


def test_a_search_goes_on_over_its_pages(client: Client) -> None:
    hits = list(islice(client.search("faith", volume="bofm"), 150))
    assert len({hit.passage.id for hit in hits}) == 150


def test_a_search_ends(client: Client) -> None:
    assert len(list(client.search("liahona"))) < 100


def test_a_word_and_what_a_verse_is_connected_with(client: Client) -> None:
    assert client.word("H7225").strongs == "H7225"
    assert client.connections("gen.1.1").groups


def test_what_there_is_not_is_a_problem(client: Client) -> None:
    with pytest.raises(Problem) as caught:
        client.chapter("alma.99")
    assert caught.value.status == 404
    assert caught.value.type != "about:blank"
    assert "63 chapters" in caught.value.detail


def test_the_example_runs(origin: str, capsys: pytest.CaptureFixture[str]) -> None:
    main = runpy.run_path(str(EXAMPLES / "seed_words.py"))["main"]
    main(origin)
    assert "seed" in capsys.readouterr().out

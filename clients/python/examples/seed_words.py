"""The words of Alma 32 that stand there most often, as one would begin to look at a chapter."""

import re
import sys
from collections import Counter

from gospelib import Client

SMALL = 4


def main(origin: str) -> None:
    """Prints the ten most frequent longer words with how often they stand there."""
    with Client(origin) as client:
        verses = client.chapter("alma.32").verses
    words = re.findall(r"[a-z]+", " ".join(verse.text for verse in verses).lower())
    for word, count in Counter(word for word in words if len(word) >= SMALL).most_common(10):
        print(f"{count:4} {word}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8080")

"""Makes italian.txt and english.txt from the word frequencies of the PyPI package `wordfreq`.

    pip install wordfreq==3.1.1
    python3 make.py

A word is kept that is written at least once in ten million words, has four letters or more, and
letters alone. Written as words are compared: in lower case, without accents, each once, in order.
The digit behind it says how rare it is: 0 for one in a thousand words, and one more for each half
power of ten, up to 8.
"""

import math
import pathlib
import unicodedata

from wordfreq import get_frequency_dict

ONE_IN_TEN_MILLION = 1e-7
SHORTEST = 4


def folded(word):
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def rarity(frequency):
    return min(8, max(0, round((-math.log10(frequency) - 3) * 2)))


for name, code in [("italian", "it"), ("english", "en")]:
    words = {}
    for word, frequency in get_frequency_dict(code, wordlist="large").items():
        word = folded(word)
        if frequency >= ONE_IN_TEN_MILLION and len(word) >= SHORTEST and word.isascii() and word.isalpha():
            words[word] = words.get(word, 0) + frequency
    lines = (f"{word}{rarity(words[word])}\n" for word in sorted(words))
    path = pathlib.Path(__file__).parent / f"{name}.txt"
    path.write_text("".join(lines), encoding="ascii")
    print(path.name, len(words), path.stat().st_size)

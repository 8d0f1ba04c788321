"""Text that lz-string packed (`compressToBase64`), unpacked within bounds."""

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BITS = str.maketrans({digit: f"{place:06b}" for place, digit in enumerate(_DIGITS)} | {"=": ""})
_SHORT, _LONG, _END = 0, 1, 2
"""What a code says in place of a phrase: a character of 8 or of 16 bits follows, or nothing."""


class Overflow(Exception):
    """The text would be longer than is allowed."""


def decompress(packed: str, *, most: int) -> str | None:
    """The text, at most so many characters long; ``None`` where it is damaged.

    Codes grow by a bit as the phrases do; bits come least significant first.
    """
    bits = packed.translate(_BITS)
    place, size = 0, 2
    phrases: list[str] = ["", "", ""]
    pieces: list[str] = []
    length, phrase, left = 0, "", 4
    try:
        while True:
            code = int(bits[place : place + size][::-1], 2)
            place += size
            if code == _END:
                return "".join(pieces)
            if code in (_SHORT, _LONG):
                width = 8 if code == _SHORT else 16
                phrases.append(chr(int(bits[place : place + width][::-1], 2)))
                place += width
                code = len(phrases) - 1
                left -= 1 if phrase else 0
            if not phrase:
                phrase, size, length = phrases[code], 3, 1
                pieces.append(phrase)
                continue
            if left == 0:
                left, size = 1 << size, size + 1
            if code > len(phrases):
                return None
            found = phrases[code] if code < len(phrases) else phrase + phrase[0]
            length += len(found)
            if length > most:
                raise Overflow
            pieces.append(found)
            phrases.append(phrase + found[0])
            phrase = found
            left -= 1
            if left == 0:
                left, size = 1 << size, size + 1
    except (ValueError, IndexError):  # the bits end too early, or begin with what is not there yet
        return None

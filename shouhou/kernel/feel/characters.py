"""Which characters make a FEEL word, and which are blank."""

import re

GAP = r"[\t\n\v\f\r \x85\xa0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]"
SPACE = rf"(?:{GAP}|//[^\n]*|/\*(?s:.*?)\*/)"
# DMN 1.3 §10.3.1.2 rules 28 and 29, without Chinese punctuation and full-width forms,
# which people type by accident, and without zero-width characters, which nobody sees.
START = (
    r"A-Z_a-z\xaa\xb5\xba\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u2070-\u218f\u2c00-\u2fef"
    r"\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3041-\ud7ff\uf900-\ufdcf\ufdf0-\ufefc\U00010000-\U000effff"
)
PART = START + r"0-9\xb7\u0300-\u036f\u203f\u2040"
WORD = rf"[{START}][{PART}]*"

BLANK = re.compile(rf"{SPACE}+")
PLAIN = re.compile(WORD)
WITHIN_A_WORD = re.compile(rf"[{PART}]")

"""Terms of use by their common names. In: what a person wrote; out: the address that stands for them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from ..models.prefixes import is_iri

__all__ = ["Licence", "licence_of"]


class Licence(NamedTuple):
    """Terms of use: as written, their SPDX name ('' for others), and their address ('' where none is known)."""

    text: str
    spdx: str
    iri: str


# SPDX name → address (spdx.org/licenses, and creativecommons.org for its own).
_KNOWN: Final = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    **{
        f"CC-{kind}-4.0": f"https://creativecommons.org/licenses/{kind.lower()}/4.0/"
        for kind in ("BY", "BY-SA", "BY-NC", "BY-NC-SA", "BY-ND", "BY-NC-ND")
    },
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "ODC-By-1.0": "https://opendatacommons.org/licenses/by/1-0/",
    "PDDL-1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
    "MIT": "https://opensource.org/license/mit",
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
}
# A version that is left out is not guessed, but for CC0, of which there is one.
_ALIASES: Final = {"cc0": "CC0-1.0", "cczero": "CC0-1.0", "ccnull": "CC0-1.0"}


def _key(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", re.sub(r"\b(international|licen[cs]e|version|v(?=\d))\b|(?<=[\s-])v(?=\d)", "", text.casefold()))


_BY_KEY: Final = {_key(name): name for name in _KNOWN} | _ALIASES
_BY_IRI: Final = {re.sub(r"^https?://(www\.)?|/(deed|legalcode)?(\.[a-z]+)?/?$", "", iri): name for name, iri in _KNOWN.items()}


def licence_of(text: str) -> Licence | None:
    """Read terms of use; None for an empty text.

    Examples
    --------
    >>> licence_of("CC BY 4.0")
    Licence(text='CC BY 4.0', spdx='CC-BY-4.0', iri='https://creativecommons.org/licenses/by/4.0/')
    >>> licence_of("http://creativecommons.org/licenses/by/4.0").spdx
    'CC-BY-4.0'
    >>> licence_of("Ask the committee")
    Licence(text='Ask the committee', spdx='', iri='')
    """
    text = text.strip()
    if not text:
        return None
    if "://" in text and is_iri(text):
        bare = re.sub(r"^https?://(www\.)?|/(deed|legalcode)?(\.[a-z]+)?/?$", "", text)
        name = _BY_IRI.get(bare, "") or (
            bare.removeprefix("spdx.org/licenses/") if bare.removeprefix("spdx.org/licenses/") in _KNOWN else ""
        )
        return Licence(text, name, _KNOWN.get(name, text))
    name = _BY_KEY.get(_key(text), "")
    return Licence(text, name, _KNOWN.get(name, ""))

"""Read BPMN XML into a ``Model``: everything by name and line, nothing guessed, nothing fetched.

``read`` refuses only bytes that are no drawing (``Unreadable``). An element the
engine does not know is recorded as ``unsupported``; what is only picture is
``drawn``. The vendors' own way to write the same thing (a collection, a
correlation key, a called process) is read in ``dialects``.
"""

from shouhou.kernel.bpmn.model import Model
from shouhou.kernel.bpmn.reading.bounds import LARGEST, parse
from shouhou.kernel.bpmn.reading.definitions import definitions

__all__ = ["LARGEST", "read"]


def read(xml: bytes) -> Model:
    """Read a drawing.

    Raises ``Unreadable`` (code, sentence in both languages, line) for what is
    not XML, not BPMN, too large, too deep, or brings its own entities.
    """
    return definitions(parse(xml))

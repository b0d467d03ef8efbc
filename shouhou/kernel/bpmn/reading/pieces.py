"""The small parts of an element: its text, attributes, extensions, event definitions, loop."""

from collections.abc import Iterator, Mapping

from lxml import etree

from shouhou.kernel.bpmn.model import Definition, Extension, Loop, Text
from shouhou.kernel.bpmn.reading import dialects
from shouhou.kernel.bpmn.reading.bounds import BPMN, line_of
from shouhou.kernel.bpmn.reading.words import REFERENCES, TIMER_FORMS

OWN = "http://shouhou.cn/bpmn"
_DEFINITION = "EventDefinition"


def children(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Child elements as (word, element); a foreign namespace keeps its full name, so that it equals
    no BPMN word.
    """
    for child in element.iterchildren(tag=etree.Element):
        name = etree.QName(child)
        yield (name.localname if name.namespace == BPMN else str(name.text)), child


def first(element: etree._Element, word: str) -> etree._Element | None:
    """The first child of that BPMN word."""
    return element.find(f"{{{BPMN}}}{word}")


def words(element: etree._Element | None) -> str:
    """All text in an element, trimmed."""
    return "".join(str(part) for part in element.itertext()).strip() if element is not None else ""


def text(element: etree._Element | None) -> Text | None:
    """An expression as written, or ``None`` where there is none."""
    if element is None or not (written := words(element)):
        return None
    return Text(written, element.get("language"), line_of(element))


def reference(value: str | None) -> str | None:
    """An id from a qualified name: ``tns:msg`` means ``msg``."""
    return value.rpartition(":")[2] or None if value else None


def own(element: etree._Element) -> Mapping[str, str]:
    """The product's attributes, without their prefix."""
    start = f"{{{OWN}}}"
    return {
        str(key)[len(start) :]: str(value) for key, value in element.items() if str(key).startswith(start)
    }


def foreign(element: etree._Element) -> Mapping[str, str]:
    """The vendors' attributes by full name."""
    start = f"{{{OWN}}}"
    return {
        str(key): str(value)
        for key, value in element.items()
        if str(key).startswith("{") and not str(key).startswith(start)
    }


def extensions(element: etree._Element) -> tuple[Extension, ...]:
    """What stands in ``extensionElements``."""
    box = first(element, "extensionElements")
    if box is None:
        return ()
    found = []
    for child in box.iterchildren(tag=etree.Element):
        name = etree.QName(child)
        attributes = {str(key): str(value) for key, value in child.items()}
        found.append(
            Extension(name.namespace or "", name.localname, line_of(child), attributes, words(child))
        )
    return tuple(found)


def definition(word: str, element: etree._Element) -> Definition | None:
    """An event definition, or ``None`` when the element is something else."""
    if not word.endswith(_DEFINITION):
        return None
    kind = word.removesuffix(_DEFINITION)
    form = written = None
    if kind == "timer":
        for child_word, child in children(element):
            if child_word in TIMER_FORMS:
                form, written = TIMER_FORMS[child_word], text(child)
    elif kind == "conditional":
        written = text(first(element, "condition"))
    named = element.get(REFERENCES[kind]) if kind in REFERENCES else None
    target = named if kind == "link" else reference(named)
    return Definition(kind, element.get("id"), line_of(element), target, form, written)


def loop(word: str, element: etree._Element) -> Loop | None:
    """Loop characteristics, or ``None`` when the element is something else."""
    if word == "standardLoopCharacteristics":
        return Loop(
            "standard",
            line_of(element),
            test_before=element.get("testBefore") == "true",
            maximum=element.get("loopMaximum"),
            condition=text(first(element, "loopCondition")),
        )
    if word != "multiInstanceLoopCharacteristics":
        return None
    item = first(element, "inputDataItem")
    collection = text(first(element, "loopDataInputRef"))
    vendor = dialects.collection({**foreign(element), **own(element)}, extensions(element))
    return Loop(
        "sequential" if element.get("isSequential") == "true" else "parallel",
        line_of(element),
        cardinality=text(first(element, "loopCardinality")),
        collection=collection or (Text(vendor[0], None, line_of(element)) if vendor[0] else None),
        element=(item.get("name") if item is not None else None) or vendor[1],
        completion=text(first(element, "completionCondition")),
    )

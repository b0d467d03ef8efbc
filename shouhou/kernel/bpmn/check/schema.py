"""What the standard's schema asks of a file: ids that are unique, references that lead somewhere, no
settings of the token game that the engine does not play.
"""

from collections.abc import Iterator

from lxml import etree

from shouhou.kernel.bpmn.check.saying import Place, problem
from shouhou.kernel.bpmn.graph.formulas import FEEL_LANGUAGES
from shouhou.kernel.bpmn.model import Model
from shouhou.kernel.bpmn.problems import Problem
from shouhou.kernel.bpmn.reading import pieces
from shouhou.kernel.bpmn.reading.bounds import BPMN, line_of

# Attribute → the value it has when nobody says anything, which is the one that is played.
PLAYED = {"startQuantity": "1", "completionQuantity": "1", "waitForCompletion": "true"}
REFERENCES = ("processRef", "activityRef")
XPATH = "http://www.w3.org/1999/xpath"
"""The schema's own default, which most programs write whatever language is used."""


def place_of(element: etree._Element) -> Place:
    """Where an element of the file is; one without a name of its own is where its node is."""
    named = next((found for found in (element, *element.iterancestors()) if found.get("id")), element)
    word = etree.QName(named).localname
    return Place(word, named.get("id"), line_of(element), named.get("name") or "")


def schema(root: etree._Element, model: Model) -> Iterator[Problem]:
    """Problems of the file itself, before anything is said of the flow."""
    elements = list(root.iter(f"{{{BPMN}}}*"))
    ids = {str(element.get("id")) for element in elements if element.get("id")}
    yield from _repeated(elements, model)
    yield from _language(root, elements)
    for element in elements:
        yield from _settings(element)
        yield from _loose(element, ids)


def _repeated(elements: list[etree._Element], model: Model) -> Iterator[Problem]:
    """Ids used twice; those of one process are found when it is read."""
    told = {found.id for found in model.unsupported if found.reason == "repeated_id"}
    seen: set[str] = set()
    for element in elements:
        found = element.get("id")
        if found and found in seen and found not in told:
            yield problem("flow.repeated_id", place_of(element), id=found)
        seen.add(found or "")


def _settings(element: etree._Element) -> Iterator[Problem]:
    for name, played in PLAYED.items():
        value = element.get(name)
        if value is not None and value.strip() != played:
            yield problem("flow.setting", place_of(element), setting=f'{name}="{value}"')
    if etree.QName(element).localname == "extension" and element.get("mustUnderstand") == "true":
        yield problem("flow.must_understand", place_of(element), name=element.get("definition") or "")


def _loose(element: etree._Element, ids: set[str]) -> Iterator[Problem]:
    """References that lead nowhere and that compiling the drawing does not meet."""
    word = etree.QName(element).localname
    for attribute in REFERENCES:
        target = pieces.reference(element.get(attribute))
        if target and target not in ids:
            yield problem("flow.loose", place_of(element), reference=target)
    if word == "flowNodeRef" and (target := pieces.words(element)) not in ids:
        yield problem("flow.loose", place_of(element), reference=target)
    if word == "association":
        for end in (pieces.reference(element.get("sourceRef")), pieces.reference(element.get("targetRef"))):
            if end not in ids:
                yield problem("flow.loose", place_of(element), reference=end or "—")


def _language(root: etree._Element, elements: list[etree._Element]) -> Iterator[Problem]:
    """A language declared for the whole file counts for every condition that declares none."""
    language = root.get("expressionLanguage", "")
    if language.strip().lower() in {"", XPATH, *FEEL_LANGUAGES}:
        return
    for element in elements:
        plain = etree.QName(element).localname == "conditionExpression" and not element.get("language")
        if plain and (text := pieces.words(element)) and not text.startswith(("=", "${", "#{")):
            yield problem("flow.language", place_of(element), language=language)

"""Where vendors write the same meaning in their own words: collections, correlation keys, called
processes.
"""

from collections.abc import Iterable, Mapping

from shouhou.kernel.bpmn.model import Extension

CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
FLOWABLE = "http://flowable.org/bpmn"
ACTIVITI = "http://activiti.org/bpmn"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"


def _extension(extensions: Iterable[Extension], namespace: str, name: str) -> Mapping[str, str]:
    return next((e.attributes for e in extensions if e.namespace == namespace and e.name == name), {})


def _attribute(attributes: Mapping[str, str], *names: str) -> str | None:
    """The first of the names that is there: the product's own without namespace, then the vendors'."""
    full = (*names, *(f"{{{vendor}}}{name}" for vendor in (CAMUNDA, FLOWABLE, ACTIVITI) for name in names))
    return next((attributes[name] for name in full if attributes.get(name)), None)


def collection(
    attributes: Mapping[str, str], extensions: Iterable[Extension]
) -> tuple[str | None, str | None]:
    """The list a multi-instance activity walks through, and the name each element gets."""
    zeebe = _extension(extensions, ZEEBE, "loopCharacteristics")
    return (
        _attribute(attributes, "collection") or zeebe.get("inputCollection"),
        _attribute(attributes, "element", "elementVariable") or zeebe.get("inputElement"),
    )


def called(element: str | None, extensions: Iterable[Extension]) -> str | None:
    """The process a call activity calls."""
    return element or _extension(extensions, ZEEBE, "calledElement").get("processId")


def correlation(attributes: Mapping[str, str], extensions: Iterable[Extension]) -> str | None:
    """The expression that says which message is meant for this run."""
    return attributes.get("key") or _extension(extensions, ZEEBE, "subscription").get("correlationKey")

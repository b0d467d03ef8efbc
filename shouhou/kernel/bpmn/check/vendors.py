"""The engines' own words: kept where they change nothing, read where they mean the same, else refused by name.

A word of a drawing program (Signavio, bpmn.io, Bizagi, ADONIS, …) describes the
picture and is passed over, as BPMN 2.0.2, 8.2.3 allows. A word of an *engine*
may decide what runs, so an unknown one is refused.

* ``SAME``: how the other engine stores, repeats or shows; no token moves otherwise.
* ``CONTRACT``: who or what does a task, with which form and data. Any word goes
  with ``--generic``; a palette says these things itself.
* ``READ``: read by the engine here, with the same meaning.
"""

from collections.abc import Iterator

from lxml import etree

from shouhou.kernel.bpmn.check.palette import Palette
from shouhou.kernel.bpmn.check.saying import problem
from shouhou.kernel.bpmn.check.schema import place_of
from shouhou.kernel.bpmn.problems import Problem
from shouhou.kernel.bpmn.reading import pieces
from shouhou.kernel.bpmn.reading.bounds import BPMN

ENGINES = {
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://operaton.org/schema/1.0/bpmn": "operaton",
    "http://camunda.org/schema/zeebe/1.0": "zeebe",
    "http://flowable.org/bpmn": "flowable",
    "http://activiti.org/bpmn": "activiti",
    "http://activiti.com/modeler": "activiti",
    "http://www.jboss.org/drools": "drools",
    "http://www.jboss.org/drools/bpmn2": "drools",
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SAME = _words(
    """
    async asyncBefore asyncAfter asyncLeave asyncLeaveExclusive exclusive completeAsync triggerable
    parallelInSameTransaction jobPriority taskPriority jobTopic failedJobRetryTimeCycle historyTimeToLive
    historyLevel versionTag versionTagRef isStartableInTasklist candidateStarterUsers candidateStarterGroups
    potentialStarter modelerTemplate modelerTemplateVersion modelerTemplateIcon initiator properties property
    executionPlatform executionPlatformVersion category localization includeInHistory sameDeployment
    fallbackToDefaultTenant isEagerExecutionFetching packageName version metaData metaValue priority
    dtype import global selectable bgcolor color bordercolor
    """
)
CONTRACT = _words(
    """
    assignee owner candidateUsers candidateGroups assignmentDefinition userTask taskSchedule priorityDefinition
    dueDate followUpDate businessCalendarName taskIdVariableName
    formKey formRef formRefBinding formRefVersion formHandlerClass formFieldValidation formData formProperty
    formDefinition userTaskForm class delegateExpression expression type topic resultVariable
    resultVariableName useLocalScopeForResultVariable storeResultVariableAsTransient taskName
    decisionRef decisionRefBinding decisionRefVersion decisionRefVersionTag decisionRefTenantId mapDecisionResult
    ruleVariablesInput rules exclude calledDecision resource taskDefinition taskHeaders ioMapping linkedResources
    connector inputOutput field errorEventDefinition errorCodeVariable errorMessageVariable errorVariableName
    errorVariableLocalScope errorVariableTransient escalationCodeVariable mapException errorMessage variableName
    calledElementTenantId processInstanceName businessKey inheritBusinessKey inheritVariables
    """
)
READ = _words("collection elementVariable loopCharacteristics calledElement subscription")
# Word → the values with which it means the same; with any other it is refused.
ONLY = {
    "calledElementBinding": frozenset(("latest", "deployment")),
    "calledElementType": frozenset(("key",)),
    "bindingType": frozenset(("latest", "deployment")),
}


def vendors(root: etree._Element, palette: Palette | None) -> Iterator[Problem]:
    """Every word of another engine that would not mean the same here."""
    for element in root.iter(f"{{{BPMN}}}*"):
        for key, value in element.items():
            name = etree.QName(key)
            if name.namespace in ENGINES:
                known = value in ONLY[name.localname] if name.localname in ONLY else None
                yield from _judged(element, name, palette, known)
        box = pieces.first(element, "extensionElements")
        if box is not None:
            for word in box.iterchildren(tag=etree.Element):
                yield from _extension(element, word, palette)


def _extension(element: etree._Element, word: etree._Element, palette: Palette | None) -> Iterator[Problem]:
    name = etree.QName(word)
    if name.namespace not in ENGINES:
        return
    known = _is_plain(word) if name.localname in ("in", "out") else None
    for attribute, values in ONLY.items():
        if word.get(attribute, next(iter(values))) not in values:
            known = False
    yield from _judged(element, name, palette, known)


def _judged(
    element: etree._Element, name: etree.QName, palette: Palette | None, known: bool | None
) -> Iterator[Problem]:
    """``known`` says what the value decides; otherwise the word alone does."""
    word = name.localname
    if known or (known is None and word in SAME | READ):
        return
    said = f"{ENGINES[name.namespace or '']}:{word}"
    if known is None and word in CONTRACT:
        if palette is not None:
            yield problem("flow.vendor/contract", place_of(element), word=said)
    else:
        yield problem("flow.vendor", place_of(element), word=said)


def _is_plain(word: etree._Element) -> bool:
    """Whether a called process simply sees what its caller sees, under the same names."""
    if word.get("variables") == "all" or word.get("businessKey"):
        return True
    return word.get("source") is not None and word.get("source") == word.get("target")

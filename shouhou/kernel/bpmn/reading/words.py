"""The words of BPMN files: which element is a node, which is picture, which is furniture."""

TASKS = frozenset(
    (
        "task",
        "manualTask",
        "userTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
        "scriptTask",
    )
)
GATEWAYS = frozenset(("exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"))
EVENTS = frozenset(
    ("startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent")
)
CONTAINERS = frozenset(("subProcess",))

# Nodes that are read, so that their flows and contents have names, and refused by name.
REFUSED_CONTAINERS = frozenset(("transaction", "adHocSubProcess"))
REFUSED_NODES = frozenset(("complexGateway", "choreographyTask", "subChoreography", "callChoreography"))

NODES = TASKS | GATEWAYS | EVENTS | CONTAINERS | {"callActivity"} | REFUSED_CONTAINERS | REFUSED_NODES

DRAWN = frozenset(
    [
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "dataStore",
        "dataInput",
        "dataOutput",
        "textAnnotation",
        "group",
        "messageFlow",
        "conversation",
        "subConversation",
        "callConversation",
        "conversationLink",
        "conversationNode",
    ]
)
"""In the picture, not in the run."""

FURNITURE = frozenset(
    [
        "documentation",
        "extensionElements",
        "incoming",
        "outgoing",
        "auditing",
        "monitoring",
        "property",
        "ioSpecification",
        "dataInputAssociation",
        "dataOutputAssociation",
        "dataInput",
        "dataOutput",
        "inputSet",
        "outputSet",
        "resourceRole",
        "performer",
        "humanPerformer",
        "potentialOwner",
        "rendering",
        "supports",
        "correlationSubscription",
        "categoryValueRef",
        "script",
        "itemDefinition",
        "category",
        "import",
        "extension",
        "interface",
        "resource",
        "relationship",
        "partnerEntity",
        "partnerRole",
        "endPoint",
        "correlationProperty",
        "correlationKey",
        "messageFlowAssociation",
        "participantAssociation",
        "BPMNDiagram",
        "flowNodeRef",
        "artifact",
        "dataState",
        "participantMultiplicity",
        "operationRef",
    ]
)
"""Read past: describes data, people or pictures without changing how tokens move."""

TIMER_FORMS = {"timeDate": "date", "timeDuration": "duration", "timeCycle": "cycle"}

REFERENCES = {
    "message": "messageRef",
    "signal": "signalRef",
    "error": "errorRef",
    "escalation": "escalationRef",
    "link": "name",
    "compensate": "activityRef",
}

RUNNABLE_DEFINITIONS = frozenset(
    ("timer", "message", "signal", "error", "escalation", "link", "terminate", "conditional", "compensate")
)

NAMED = frozenset(("message", "signal", "error", "escalation"))

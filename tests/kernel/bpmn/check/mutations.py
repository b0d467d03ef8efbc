"""Bend a sound drawing in the ways people bend them: a gateway of the wrong kind, a join left out, a flow cut."""

from random import Random

from lxml import etree

from shouhou.kernel.bpmn.reading.bounds import BPMN

KINDS = ("exclusiveGateway", "parallelGateway", "inclusiveGateway")


class Bend:
    """A drawing to be changed; what was done stands in ``done``."""

    def __init__(self, xml: bytes, dice: Random) -> None:
        self.root = etree.fromstring(xml)
        self.dice = dice
        self.done = ""

    def __bytes__(self) -> bytes:
        return etree.tostring(self.root)

    def all(self, *words: str) -> list[etree._Element]:
        return [element for word in words for element in self.root.iter(f"{{{BPMN}}}{word}")]

    def flows(self, node: etree._Element, end: str) -> list[etree._Element]:
        return [flow for flow in self.all("sequenceFlow") if flow.get(end) == node.get("id")]

    def swap(self) -> None:
        """Another kind of gateway; its conditions and default follow, so that only the tokens go wrong."""
        gateways = self.all(*KINDS)
        if not gateways:
            return
        gateway = self.dice.choice(gateways)
        word = etree.QName(gateway).localname
        other = self.dice.choice([kind for kind in KINDS if kind != word])
        self.done = f"{gateway.get('id')}: {word} → {other}"
        gateway.tag = f"{{{BPMN}}}{other}"
        self._ask(gateway, other)

    def _ask(self, gateway: etree._Element, kind: str) -> None:
        outs = self.flows(gateway, "sourceRef")
        gateway.attrib.pop("default", None)
        for number, flow in enumerate(outs):
            for condition in flow.findall(f"{{{BPMN}}}conditionExpression"):
                flow.remove(condition)
            if kind != "parallelGateway" and number < len(outs) - 1:
                condition = etree.SubElement(flow, f"{{{BPMN}}}conditionExpression")
                condition.text = f"c_{gateway.get('id')}_{number}"
        if kind != "parallelGateway" and len(outs) > 1:
            gateway.set("default", outs[-1].get("id"))

    def leave_out(self) -> None:
        """A join is left out: its branches lead straight to what comes after."""
        joins = [g for g in self.all(*KINDS) if len(self.flows(g, "targetRef")) > 1]
        joins = [join for join in joins if len(self.flows(join, "sourceRef")) == 1]
        if not joins:
            return
        join = self.dice.choice(joins)
        after = self.flows(join, "sourceRef")[0]
        for flow in self.flows(join, "targetRef"):
            flow.set("targetRef", after.get("targetRef"))
        self.done = f"left out {join.get('id')}"
        for element in (after, join):
            element.getparent().remove(element)

    def lead_astray(self) -> None:
        """A flow leads to another node of its level."""
        flow = self.dice.choice(self.all("sequenceFlow"))
        level = [
            e for e in flow.getparent() if etree.QName(e).localname not in ("sequenceFlow", "startEvent")
        ]
        level = [e for e in level if e.get("id") and e.get("attachedToRef") is None]
        target = self.dice.choice(level)
        self.done = f"{flow.get('id')} → {target.get('id')}"
        flow.set("targetRef", target.get("id"))

    def cut(self) -> None:
        """A flow is cut."""
        flow = self.dice.choice(self.all("sequenceFlow"))
        self.done = f"cut {flow.get('sourceRef')} → {flow.get('targetRef')}"
        for node in self.root.iter():
            if node.get("default") == flow.get("id"):
                del node.attrib["default"]
        flow.getparent().remove(flow)


BENDS = (Bend.swap, Bend.leave_out, Bend.lead_astray, Bend.cut)


def bent(xml: bytes, seed: int, *ways: object) -> Bend:
    """The drawing bent once or twice."""
    dice = Random(seed)
    bend = Bend(xml, dice)
    for _ in range(dice.choice((1, 1, 2))):
        dice.choice(ways or BENDS)(bend)
    return bend

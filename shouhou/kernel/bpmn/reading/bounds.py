"""From bytes to an element tree, within bounds: size, depth, no entities, no network."""

import re

from lxml import etree

from shouhou.kernel.bpmn.problems import Unreadable

LARGEST = 16 * 2**20
"""Bytes. The largest drawings seen in practice are under 3 MB; 50 MB is no drawing."""

DEEPEST = 100
"""Levels of elements. A sub-process costs one level; libxml2 itself stops at 256."""

MOST_TAGS = 250_000
"""Tags of one file. A node of a large drawing costs about 40 with its shape and lines."""

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"

# A document type can only stand before the first element, after the declaration and comments.
_DOCTYPE = re.compile(rb"(?>\xef\xbb\xbf|\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)
_PROLOGUE = 65_536


def parse(xml: bytes) -> etree._Element:
    """The ``definitions`` element of a drawing, or ``Unreadable``."""
    _refuse_size(xml)
    # Wide encodings put zero bytes between the letters; without them the prologue reads the same.
    if _DOCTYPE.match(
        xml[:_PROLOGUE].removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")
    ):
        raise _doctype()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as refusal:
        raise _malformed(refusal) from None
    except (ValueError, LookupError) as refusal:
        raise _malformed_text(str(refusal)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _doctype()
    _refuse_depth(root)
    if root.tag != f"{{{BPMN}}}definitions":
        raise _foreign(root)
    return root


def line_of(element: etree._Element) -> int:
    """The line of the element's start tag; 0 where the parser does not know it."""
    known: object = element.sourceline
    return known if isinstance(known, int) else 0


def _refuse_size(xml: bytes) -> None:
    if len(xml) > LARGEST:
        raise Unreadable(
            "flow.too_large",
            f"The file has more than {LARGEST:,} bytes, which no drawing needs. "
            "Export the drawing without images.",
            f"文件超过 {LARGEST:,} 字节，流程图不需要这么大。请导出不含图片的流程图。",
        )
    tags = xml.count(b"<")
    if tags > MOST_TAGS:
        raise Unreadable(
            "flow.too_many_tags",
            f"The file has {tags:,} tags; at most {MOST_TAGS:,} are read. Split the drawing with call activities.",
            f"文件有 {tags:,} 个标签，最多 {MOST_TAGS:,} 个。请用调用活动拆分流程图。",
        )
    if not xml.strip():
        raise Unreadable(
            "flow.empty", "The file is empty. Choose a BPMN file.", "文件是空的。请选择 BPMN 文件。"
        )


def _refuse_depth(root: etree._Element) -> None:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            line = line_of(element)
            raise Unreadable(
                "flow.too_deep",
                f"Elements are nested more than {DEEPEST} levels deep at line {line}. "
                "Flatten the sub-processes.",
                f"第 {line} 行的元素嵌套超过 {DEEPEST} 层。请减少子流程的层数。",
                line,
            )


def _doctype() -> Unreadable:
    return Unreadable(
        "flow.doctype",
        "The file brings a document type of its own (<!DOCTYPE …>), which drawings do not need. Remove it.",
        "文件带有自己的文档类型（<!DOCTYPE …>），流程图不需要它。请删除。",
    )


def _malformed(refusal: etree.XMLSyntaxError) -> Unreadable:
    line = refusal.lineno or None
    where, wo = (f" at line {line}", f"第 {line} 行") if line else ("", "")
    return Unreadable(
        "flow.malformed",
        f"The file is not well-formed XML{where}: {refusal.msg}. Export it again from the drawing program.",
        f"文件不是完整的 XML{wo}：{refusal.msg}。请从绘图软件重新导出。",
        line,
    )


def _malformed_text(reason: str) -> Unreadable:
    return Unreadable(
        "flow.malformed",
        f"The file is not text that can be read: {reason}. Export it again from the drawing program.",
        f"文件不是可读的文本：{reason}。请从绘图软件重新导出。",
    )


def _foreign(root: etree._Element) -> Unreadable:
    name = etree.QName(root).localname
    return Unreadable(
        "flow.not_bpmn",
        f"The file holds “{name}”, not a BPMN 2.0 drawing. Export it as BPMN 2.0 XML.",
        f"文件内容是“{name}”，不是 BPMN 2.0 流程图。请导出为 BPMN 2.0 XML。",
        line_of(root),
    )

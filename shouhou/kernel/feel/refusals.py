"""What an expression is refused for: a code, the place, and a sentence in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

# code → (English, Chinese). Each says what is in the way, then what to do.
SENTENCES: Mapping[str, tuple[str, str]] = {
    "feel.too_long": (
        "The expression has {length} characters; at most {limit} are read. Split it into several facts.",
        "表达式有 {length} 个字符，最多 {limit} 个。请拆成几个事实。",
    ),
    "feel.too_deep": (
        "The expression is nested more than {limit} levels deep. Split it into several facts.",
        "表达式嵌套超过 {limit} 层。请拆成几个事实。",
    ),
    "feel.too_much": (
        "The expression needs more than {limit} steps. Shorten the lists or texts it walks through.",
        "表达式需要的步数超过 {limit}。请缩短它遍历的列表或文字。",
    ),
    "feel.empty": ("There is no expression here. Write one.", "这里没有表达式。请填写。"),
    "feel.full_width": (
        "“{found}” is a full-width character. Write “{instead}” instead.",
        "“{found}”是全角符号。请改写为半角“{instead}”。",
    ),
    "feel.other_language": (
        "FEEL does not write “{found}”. Write “{instead}”.",
        "FEEL 不写“{found}”。请写“{instead}”。",
    ),
    "feel.number": (
        "The number “{found}” is larger than FEEL's decimals hold. Write a smaller one.",
        "数字“{found}”超出了可表示的范围。请写小一些。",
    ),
    "feel.character": (
        "The character “{found}” ({number}) has no meaning here. Remove it, or put it between double quotes.",
        "字符“{found}”（{number}）在这里没有意义。请删除，或把文字放在英文双引号里。",
    ),
    "feel.text_open": (
        "The text that begins here has no closing double quote on its line. Add one.",
        "从这里开始的文字在本行没有结束的双引号。请补上。",
    ),
    "feel.comment_open": (
        "The comment that begins here does not end. Add */.",
        "从这里开始的注释没有结束。请补上 */。",
    ),
    "feel.escape": (
        "“{found}” is not an escape FEEL knows. Write \\\\ for a backslash.",
        "FEEL 没有“{found}”这个转义。要写反斜杠请用 \\\\。",
    ),
    "feel.unexpected": (
        "“{found}” cannot stand here. {hint}",
        "“{found}”不能出现在这里。{hint}",
    ),
    "feel.unfinished": (
        "The expression ends too early. Complete it.",
        "表达式没有写完。请补全。",
    ),
    "feel.at_literal": (
        '@"{found}" is no date, time or duration. Write for example @"2026-01-31" or @"P3D".',
        '@"{found}" 不是日期、时间或时长。请写成 @"2026-01-31" 或 @"P3D" 这样。',
    ),
    "feel.unknown_type": (
        "There is no type “{found}”. Choose one of: {known}.",
        "没有“{found}”这种类型。可用：{known}。",
    ),
    "feel.unknown_function": (
        "There is no function “{found}”. {hint}",
        "没有函数“{found}”。{hint}",
    ),
    "feel.no_clock": (
        "“{found}()” is not offered: the same facts must always give the same answer. Use a fact instead.",
        "不提供“{found}()”：相同的事实必须得到相同的结果。请改用一个事实。",
    ),
    "feel.function_definition": (
        "Functions cannot be defined or passed here (“{found}”). Use a built-in function or declare a fact.",
        "这里不能定义或传递函数（“{found}”）。请用内置函数，或声明一个事实。",
    ),
    "feel.arguments": (
        "“{found}” does not take these arguments. It is written: {known}.",
        "“{found}”不接受这些参数。写法：{known}。",
    ),
    "feel.range_literal": (
        "“{found}” without a value to compare belongs to a test, after “in” or in a decision table.",
        "“{found}”左边没有值，只能写在“in”之后或决策表的单元格里。",
    ),
    "feel.duplicate_key": (
        "The key “{found}” stands twice in one context. Remove one.",
        "键“{found}”在同一个上下文里出现了两次。请删除一个。",
    ),
    "feel.undeclared_name": (
        "“{found}” is not a declared fact. {hint}",
        "“{found}”不是已声明的事实。{hint}",
    ),
    "feel.compare_types": (
        "A {left} cannot be compared with a {right}: the answer is always null. Compare like with like.",
        "{left}与{right}不能比较，结果总是空。请比较同类的值。",
    ),
    "feel.order_types": (
        "A {left} has no order. Use = or !=.",
        "{left}没有大小之分。请用 = 或 !=。",
    ),
    "feel.need_type": (
        "A {right} is needed here, and this is a {left}. Change the expression.",
        "这里需要{right}，得到的是{left}。请修改表达式。",
    ),
    "feel.arithmetic_types": (
        "{left} {found} {right} has no meaning; the answer would always be null. Convert one side first.",
        "{left} {found} {right} 没有意义，结果总是空。请先转换其中一边。",
    ),
    "feel.no_property": (
        "A {left} has no “{found}”. {hint}",
        "{left}没有“{found}”。{hint}",
    ),
    "feel.pattern": (
        "The pattern “{found}” cannot be read. Check its brackets and backslashes.",
        "无法读懂匹配模式“{found}”。请检查括号和反斜杠。",
    ),
}

TYPE_WORDS: Mapping[str, str] = {
    "boolean": "是否值",
    "number": "数字",
    "string": "文字",
    "date": "日期",
    "time": "时刻",
    "date and time": "日期时刻",
    "days and time duration": "时长",
    "years and months duration": "年月时长",
    "list": "列表",
    "context": "上下文",
    "range": "范围",
    "any": "任意值",
    "null": "空",
}


def sentences(code: str, **values: object) -> tuple[str, str]:
    """Return the English and the Chinese sentence of a code, filled in.

    A value given as a pair is (English, Chinese); types are named in the reader's language.
    """
    english, chinese = SENTENCES[code]
    pairs = {key: value if isinstance(value, tuple) else (value, value) for key, value in values.items()}
    en = english.format(**{key: pair[0] for key, pair in pairs.items()})
    zh = chinese.format(**{key: TYPE_WORDS.get(str(pair[1]), pair[1]) for key, pair in pairs.items()})
    return en.strip(), zh.strip()


class FeelError(Exception):
    """An expression that cannot be read, or that needs more work than is allowed.

    ``position`` counts characters from 0; ``line`` and ``column`` count from 1.
    """

    def __init__(self, code: str, position: int, text: str, **values: object) -> None:
        self.code = code
        self.position = position
        before = text[:position]
        self.line = before.count("\n") + 1
        self.column = position - (before.rfind("\n") + 1) + 1
        self.en, self.zh = sentences(code, **values)
        super().__init__(f"{self.en} (line {self.line}, column {self.column})")


@dataclass(frozen=True, slots=True)
class FeelProblem:
    """What the static check found; ``position`` counts characters from 0."""

    code: str
    position: int
    en: str
    zh: str

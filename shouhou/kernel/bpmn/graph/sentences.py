"""What is said about a part of a drawing that cannot be compiled, in both languages."""

SENTENCES = {
    "flow.language": (
        "The expression is written in “{language}”; only FEEL is run here. Rewrite it in FEEL.",
        "表达式使用“{language}”书写，这里只运行 FEEL。请改用 FEEL。",
    ),
    "flow.loose_flow": (
        "The flow leads from or to “{missing}”, which is not in this drawing. Connect it again.",
        "连线的一端“{missing}”不在图中。请重新连接。",
    ),
    "flow.crossing": (
        "The flow crosses the edge of a sub-process. End it inside, and go on from the sub-process itself.",
        "连线穿过了子流程的边界。请在子流程内结束，再从子流程本身继续。",
    ),
    "flow.unattached": (
        "The boundary event is not on the edge of a task or sub-process. Put it there.",
        "边界事件没有附在任务或子流程上。请放到边界上。",
    ),
    "flow.reference": (
        "The {kind} “{reference}” is not declared in this drawing. Declare it, or choose another.",
        "图中没有声明“{reference}”（{kind}）。请声明或另选一个。",
    ),
    "flow.no_name": (
        "The event names no {kind}. Choose which {kind} it waits for or sends.",
        "事件没有指明 {kind}。请选择它等待或发出哪一个。",
    ),
    "flow.no_condition": (
        "The event waits for a condition, but none is written. Write one in FEEL.",
        "事件等待一个条件，但没有写条件。请用 FEEL 填写。",
    ),
    "flow.no_timer": (
        "The timer says no time. Write a date, a duration or a cycle, for example PT4H or 1 个工作日.",
        "定时器没有写时间。请填写日期、时长或周期，例如 PT4H 或 1 个工作日。",
    ),
    "flow.timer": (
        "“{text}” is no {form} that a timer understands. Write for example PT4H, 1 个工作日 or R3/PT10M.",
        "定时器看不懂“{text}”（{form}）。请写成 PT4H、1 个工作日 或 R3/PT10M 这样。",
    ),
    "flow.no_handler": (
        "The compensation event has no handler. Draw a dotted line to the task that undoes the work.",
        "补偿事件没有对应的处理任务。请用虚线连到撤销工作的任务。",
    ),
    "flow.no_count": (
        "The task is to be done several times, but for what is not said. Give a number or a list.",
        "任务要做多次，但没有说明次数或清单。请填写数量或列表。",
    ),
    "flow.loop_maximum": (
        "“{text}” is not a whole number. Write how often the loop may run at most.",
        "“{text}”不是整数。请填写循环最多几次。",
    ),
}


def say(code: str, **values: object) -> tuple[str, str]:
    """The sentence of a code, filled in: (English, Chinese)."""
    en, zh = SENTENCES[code]
    return en.format(**values), zh.format(**values)

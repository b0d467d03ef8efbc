"""Why a token stops, or why a stimulus cannot be taken, in both languages."""

from shouhou.kernel.bpmn.problems import NotPossible, Trouble

SENTENCES = {
    "flow.no_way_out": (
        "No way out of “{node}” is open: no condition is true and there is no default flow. "
        "Correct the facts or the drawing, then retry.",
        "“{node}”没有可走的路：没有条件成立，也没有默认连线。请更正事实或流程图后重试。",
    ),
    "flow.expression": (
        "“{text}” cannot be worked out: {en} Correct the expression or the facts, then retry.",
        "“{text}”无法计算：{zh}请更正表达式或事实后重试。",
    ),
    "flow.step_limit": (
        "The run passed {limit} nodes without anyone acting and was stopped before “{node}”. "
        "Look for a loop without a task, then retry.",
        "流程连续经过 {limit} 个节点而没有人处理，在“{node}”之前停下。请检查没有任务的循环后重试。",
    ),
    "flow.stuck": (
        "“{node}” waits for a branch that nothing can reach any more. Move the token on, or cancel the run.",
        "“{node}”在等待一条已无法到达的分支。请移动令牌或取消流程。",
    ),
    "flow.timer_due": (
        "The timer “{node}” got no time it understands ({value}). "
        "Correct the fact or the drawing, then retry.",
        "定时器“{node}”没有得到可用的时间（{value}）。请更正事实或流程图后重试。",
    ),
    "flow.error_uncaught": (
        "“{node}” reported “{error}” and nothing in the drawing catches it. "
        "Move the token on, or cancel the run.",
        "“{node}”报告了“{error}”，图中没有处理它的事件。请移动令牌或取消流程。",
    ),
    "flow.count": (
        "How often “{node}” is to be done is not clear: {value}. Correct the fact, then retry.",
        "“{node}”要做几次不明确：{value}。请更正事实后重试。",
    ),
    "flow.too_many": (
        "“{node}” would be done {count} times; at most {limit} are started. Shorten the list, then retry.",
        "“{node}”要做 {count} 次，最多 {limit} 次。请缩短清单后重试。",
    ),
    "flow.link": (
        "The link “{name}” has no other end here. Draw its catching event, then retry.",
        "连接“{name}”在这里没有另一端。请画出接收事件后重试。",
    ),
    "flow.not_run": (
        "“{node}” is a {kind}, which is not run here. Redraw it, or move the token on.",
        "“{node}”是 {kind}，这里不能运行。请修改流程图或移动令牌。",
    ),
    "flow.no_start": (
        "The drawing has no start that can be begun this way. Draw a start event.",
        "流程图没有可以这样开始的起点。请画一个开始事件。",
    ),
    "flow.gone": (
        "This step is no longer open: it was done or withdrawn meanwhile. Look at the current position.",
        "这一步已不在等待：它已完成或被撤回。请查看当前位置。",
    ),
    "flow.no_task": (
        "“{node}” is an event and happens by itself; it cannot be completed. Fire its timer or send its message.",
        "“{node}”是事件，会自行发生，不能手工完成。请触发它的定时器或发送它的消息。",
    ),
    "flow.not_armed": (
        "This timer is no longer running. Look at the current position.",
        "这个定时器已不在运行。请查看当前位置。",
    ),
    "flow.no_process": (
        "The drawing has no process with anything in it. Draw one.",
        "图中没有任何流程内容。请画一个流程。",
    ),
    "flow.script_form": (
        'The script is not of the form {{"data": {{…}}, "steps": […]}}. Write it so.',
        '脚本的形式不对，应为 {{"data": {{…}}, "steps": […]}}。请改正。',
    ),
    "flow.step_form": (
        "Step {number} of the script says none, or more than one, of complete, fire and message. "
        "Write one of them.",
        "脚本第 {number} 步应写且只写 complete、fire、message 之一。请改正。",
    ),
    "flow.not_offered": (
        "“{node}” is not offered now. Look at what is waiting.",
        "“{node}”现在没有待办。请查看当前等待的步骤。",
    ),
    "flow.timer_not_armed": (
        "The timer “{node}” is not running now. Look at what is waiting.",
        "定时器“{node}”现在没有在走。请查看当前等待的步骤。",
    ),
    "flow.not_listening": (
        "Nobody waits for this message any more. Look at the current position.",
        "已没有步骤在等待这条消息。请查看当前位置。",
    ),
    "flow.not_failed": (
        "This step is not stopped, so there is nothing to retry. Look at the current position.",
        "这一步没有停住，无需重试。请查看当前位置。",
    ),
    "flow.closed": ("The run is over. Start a new one.", "流程已结束。请新建一个。"),
    "flow.out_of_reach": (
        "“{node}” cannot be jumped to from here. Choose a step on the same level or outside.",
        "不能从这里跳到“{node}”。请选择同一层或外层的步骤。",
    ),
}


def trouble(code: str, **values: object) -> Trouble:
    """Why a token cannot go on."""
    en, zh = SENTENCES[code]
    return Trouble(code, en.format(**values), zh.format(**values))


def not_possible(code: str, **values: object) -> NotPossible:
    """Why a stimulus cannot be taken."""
    en, zh = SENTENCES[code]
    return NotPossible(code, en.format(**values), zh.format(**values))

"""What the publish gate says: code → (English, Chinese). First what is in the way, then what to do.

The place (name, kind, line) is put in front by ``saying``. A key with ``/`` is a
variant of the code before it.
"""

SENTENCES = {
    # The file.
    "flow.more": (
        "{count} more points are not listed. Fix these first.",
        "另有 {count} 处未列出。请先修改以上各处。",
    ),
    "flow.repeated_id": (
        "The id “{id}” is used by another element too. Give each element its own.",
        "id“{id}”已被其他元素使用。请为每个元素使用不同的 id。",
    ),
    "flow.loose": (
        "It refers to “{reference}”, which is not in the file. Connect it again, or remove the reference.",
        "它引用的“{reference}”不在文件中。请重新连接或删除该引用。",
    ),
    "flow.setting": (
        "The setting {setting} would move tokens in a way that is not run here. Remove it.",
        "设置 {setting} 会改变令牌的走法，这里不支持。请取消该设置。",
    ),
    "flow.must_understand": (
        "The file demands that its extension “{name}” be understood, and it is not. Export it without it.",
        "文件要求必须理解扩展“{name}”，而这里不理解。请导出不含该扩展的文件。",
    ),
    "flow.language": (
        "The file declares “{language}” for its conditions; only FEEL is run here. Rewrite it in FEEL.",
        "文件声明条件使用“{language}”书写，这里只运行 FEEL。请改用 FEEL。",
    ),
    "flow.vendor": (
        "“{word}” would change what happens, and is not run here. Remove it, or draw what it does.",
        "“{word}”会改变流程的行为，这里不运行。请删除，或把它所做的事画出来。",
    ),
    "flow.vendor/contract": (
        "“{word}” says who or what does the work; here the task from the list says so. "
        "Choose a task and remove it.",
        "“{word}”说明由谁或由什么来做；这里由任务列表决定。请选择任务并删除它。",
    ),
    # Processes and calls.
    "flow.no_process": (
        "Nothing is drawn yet. Draw a process with a start, a task and an end.",
        "图中还没有流程。请画出开始、任务和结束。",
    ),
    "flow.several_pools": (
        "The file holds a second process beside “{first}”, and only one is run. Mark one as executable and "
        "the other as not executable, draw it as an empty pool, or call it with a call activity.",
        "除“{first}”外，文件中还有一个流程，而只能运行一个。请只把一个标为可执行、另一个标为不可执行，"
        "或画成空泳池，或用调用活动调用。",
    ),
    "flow.call_target": (
        "It does not say which page it calls. Choose one.",
        "没有说明调用哪一个流程。请选择。",
    ),
    "flow.call_unknown": (
        "It calls “{page}”, which is not a page of the atlas. Choose one from the list.",
        "它调用的“{page}”不在图册中。请从列表中选择。",
    ),
    "flow.call_circle": (
        "It calls “{page}”, which leads back here: the runs would call each other without end. "
        "Draw a loop instead.",
        "它调用的“{page}”又会回到这里，流程会无休止地互相调用。请改画循环。",
    ),
    # What may stand where.
    "flow.trigger_place": (
        "An event with this trigger ({trigger}) cannot stand here. Choose another trigger or another place.",
        "这里不能放这种触发条件（{trigger}）的事件。请更换触发条件或位置。",
    ),
    "flow.no_trigger": (
        "The event does not say what it waits for. Choose a message, a time, a signal or a condition.",
        "事件没有说明等待什么。请选择消息、时间、信号或条件。",
    ),
    "flow.error_interrupts": (
        "An error always interrupts, and this event is drawn as not interrupting. Draw it interrupting, "
        "or use an escalation.",
        "错误总会中断，而该事件画成了非中断。请改为中断，或改用升级事件。",
    ),
    "flow.into": (
        "A flow leads into it, but it begins by itself. Let the flow lead to what comes after it.",
        "有连线指向它，但它是自行开始的。请让连线指向它后面的步骤。",
    ),
    "flow.out_of": (
        "A flow leads out of it, but nothing goes on from here. Remove the flow.",
        "有连线从它出发，但流程不会从这里继续。请删除该连线。",
    ),
    "flow.event_start": (
        "An event sub-process needs exactly one start. Draw one that says when it begins.",
        "事件子流程必须有且只有一个开始事件。请画一个并说明何时开始。",
    ),
    "flow.event_target": (
        "Behind an event gateway stand only things that happen by themselves, and “{target}” does not. "
        "Put a message, a time, a signal or a condition there.",
        "事件网关之后只能是会自行发生的事件，而“{target}”不是。请改为消息、时间、信号或条件事件。",
    ),
    "flow.event_shared": (
        "“{target}” behind this event gateway is also reached another way. Give the gateway an event of its own.",
        "该事件网关之后的“{target}”还有其他来路。请为网关单独画一个事件。",
    ),
    "flow.handler": (
        "It is the end of a compensation line but not marked as compensation. Mark it.",
        "它是补偿连线的终点，却没有标为补偿。请标为补偿活动。",
    ),
    "flow.empty_level": (
        "The sub-process has nothing in it, so the work it names would be passed over. "
        "Draw its steps, or make it a task.",
        "子流程中没有内容，它所指的工作会被直接跳过。请画出步骤，或改为任务。",
    ),
    "flow.loop_bound": (
        "The task is to be repeated, but not until when. Write a condition or a maximum.",
        "任务要重复，但没有说明到何时为止。请填写条件或最多次数。",
    ),
    "flow.link_pair": (
        "The link “{name}” has no other end on this level. Draw the catching link of that name.",
        "连接“{name}”在本层没有另一端。请画出同名的接收连接。",
    ),
    "flow.link_twice": (
        "The link “{name}” ends in several places on this level. Keep one.",
        "连接“{name}”在本层有多个终点。请只保留一个。",
    ),
    "flow.link_unused": (
        "Nothing leads to the link “{name}” on this level. Draw the throwing link of that name, or remove it.",
        "本层没有通向连接“{name}”的起点。请画出同名的发出连接，或删除它。",
    ),
    # Ways out.
    "flow.default_elsewhere": (
        "Its default flow “{flow}” does not start here. Choose one of its own flows.",
        "它的默认连线“{flow}”不是从这里出发的。请选择它自己的连线。",
    ),
    "flow.default_condition": (
        "It is the default flow of “{source}” and has a condition, which is never asked. Remove one of the two.",
        "它是“{source}”的默认连线，却带有条件，该条件不会被判断。请去掉其中之一。",
    ),
    "flow.condition_place": (
        "It has a condition, but “{source}” takes all its flows without asking. "
        "Use an inclusive or exclusive gateway, or remove the condition.",
        "它带有条件，但“{source}”不作判断，所有连线都会走。请改用包容或排他网关，或删除条件。",
    ),
    "flow.bare": (
        "It has no condition, so “{source}” always takes it and the others are left out. "
        "Write a condition, or make it the default flow.",
        "它没有条件，“{source}”总会走它，其余连线走不到。请填写条件，或设为默认连线。",
    ),
    "flow.way_out": (
        "When no condition is true there is no way out. Make one flow the default.",
        "当所有条件都不成立时无路可走。请把一条连线设为默认连线。",
    ),
    # Roads.
    "flow.no_start": (
        "There is nothing to begin with. Draw a start event.",
        "没有可以开始的地方。请画一个开始事件。",
    ),
    "flow.several_starts": (
        "There is another start, “{first}”, that also waits for nothing. Keep one, or say what this one waits for.",
        "已有另一个无条件的开始“{first}”。请只保留一个，或说明这一个等待什么。",
    ),
    "flow.unreachable": (
        "No way leads here from a start. Connect it, or remove it.",
        "从开始走不到这里。请连接它，或删除它。",
    ),
    "flow.dead_end": (
        "The way stops here without an end. Draw a flow to the next step, or an end event.",
        "流程到这里中断，没有结束。请连到下一步，或画一个结束事件。",
    ),
    "flow.endless": (
        "No end can be reached from here: it goes round for ever. Draw a way out.",
        "从这里永远到不了结束，会一直循环。请画出出路。",
    ),
    "flow.restless": (
        "It stands on a round in which nobody and nothing is waited for. Put a task or a timer on the round.",
        "它所在的循环中没有任何等待，会停不下来。请在循环中放入任务或定时器。",
    ),
    # The palette.
    "flow.task": (
        "The task “{key}” does not exist here. Choose one from the list.",
        "任务“{key}”不存在。请从列表中选择。",
    ),
    "flow.task/missing": (
        "It is to be done automatically, but no task is chosen. Choose one from the list, "
        "or make it a user task.",
        "它应自动完成，但没有选择任务。请从列表中选择，或改为用户任务。",
    ),
    "flow.task/automatic": (
        "The task “{key}” is done by people, and this element is automatic. Make it a user task.",
        "任务“{key}”由人来做，而该元素是自动的。请改为用户任务。",
    ),
    "flow.task/people": (
        "The task “{key}” is done automatically, and this element is for people. Make it a service task.",
        "任务“{key}”自动完成，而该元素由人来做。请改为服务任务。",
    ),
    "flow.role": (
        "The role “{role}” does not exist here. Choose one from the list.",
        "角色“{role}”不存在。请从列表中选择。",
    ),
    "flow.form": (
        "The form “{form}” does not exist here. Choose one from the list.",
        "表单“{form}”不存在。请从列表中选择。",
    ),
    "flow.message": (
        "It waits for the message “{message}”, which the product never sends. Choose one from the list.",
        "它等待的消息“{message}”不会出现。请从列表中选择。",
    ),
    "flow.message/none": (
        "It waits for a message, but none is chosen. Choose one from the list.",
        "它等待消息，但没有选择。请从列表中选择。",
    ),
    "flow.start_unheard": (
        "A run begins with its case or with a message; nothing else can begin it. Draw a plain or message start.",
        "流程随单据或消息开始，不会由其他方式开始。请画普通或消息开始事件。",
    ),
    # Soundness.
    "flow.deadlock": (
        "It waits for ever for “{missing}”: “{choice}” may send the work another way. "
        "Make the split parallel, or this join exclusive.",
        "它会永远等待“{missing}”那一路：“{choice}”可能走了别的路。请把分支改为并行，或把此汇合改为排他。",
    ),
    "flow.deadlock/never": (
        "It waits for ever for “{missing}”, which does not come. Connect that branch, or take it off this join.",
        "它会永远等待“{missing}”那一路，而那一路不会到来。请接通该分支，或从此汇合移除。",
    ),
    "flow.deadlock/each_other": (
        "It waits for a branch that itself waits for this join. Take one of them out of the round.",
        "它等待的分支又在等待它。请把其中一个移出循环。",
    ),
    "flow.multiplied": (
        "Branches that run side by side since “{split}” meet here without waiting for each other, so what "
        "follows is done more than once. Join them with a parallel gateway, or make “{split}” exclusive.",
        "从“{split}”起并行的分支在这里汇合却不互相等待，后面的步骤会重复执行。"
        "请用并行网关汇合，或把“{split}”改为排他。",
    ),
    "flow.multiplied/again": (
        "Work comes here again while the work from before is still under way, so it is done more than once at "
        "the same time. Wait for all branches before going back.",
        "前一轮的工作还没完成，又有工作来到这里，会同时重复执行。请等所有分支完成后再返回。",
    ),
    "flow.mixed": (
        "“{event}” can happen again before its branches have met here, and the rounds would be mixed up. "
        "Put what follows “{event}” into a sub-process.",
        "“{event}”可能在分支于此汇合之前再次发生，各轮会混在一起。请把“{event}”之后的步骤放进子流程。",
    ),
    "flow.never": (
        "No run ever comes here, although lines lead to it. Look at the gateways and ends before it.",
        "虽有连线，但流程永远到不了这里。请检查它之前的网关和结束事件。",
    ),
    "flow.stays_open": (
        "From here no end can be reached any more. Draw a way out.",
        "走到这里后再也到不了结束。请画出出路。",
    ),
    "flow.undecided": (
        "There are more than {limit} situations that branches side by side can bring about, too many to "
        "examine. Put parts of it into sub-processes; or somebody with the right to do so publishes it unexamined.",
        "并行分支可能出现的情形超过 {limit} 种，无法逐一检查。请把一部分放进子流程；或由有权限的人在未检查的情况下发布。",
    ),
}

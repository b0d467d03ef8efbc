"""Functions on contexts."""

from typing import Any

from shouhou.kernel.feel.functions.registry import builtin

Facts = dict[str, Any]


@builtin("get value(m: context, key: string): any")
def get_value(facts: Facts, key: str) -> object:
    return facts.get(key)


@builtin("get value(m: context, keys: list): any")
def get_value_along(facts: Facts, keys: list[object]) -> object:
    found: object = facts
    for key in keys:
        found = found.get(key) if isinstance(found, dict) and isinstance(key, str) else None
    return found if keys else None


@builtin("get entries(m: context): list")
def get_entries(facts: Facts) -> list[object]:
    return [{"key": key, "value": value} for key, value in facts.items()]


@builtin("context(entries: list): context")
def make_context(entries: list[object]) -> Facts | None:
    made: Facts = {}
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("key"), str) or "value" not in entry:
            return None
        if entry["key"] in made:
            return None
        made[entry["key"]] = entry["value"]
    return made


@builtin("context put(context: context, key: string, value: any): context")
def context_put(facts: Facts, key: str, value: object) -> Facts:
    return {**facts, key: value}


@builtin("context put(context: context, keys: list, value: any): context")
def context_put_along(facts: Facts, keys: list[object], value: object) -> Facts | None:
    if not keys or not isinstance(keys[0], str):
        return None
    key, rest = keys[0], keys[1:]
    if not rest:
        return {**facts, key: value}
    inner = facts.get(key)
    changed = context_put_along(inner, rest, value) if isinstance(inner, dict) else None
    return None if changed is None else {**facts, key: changed}


@builtin("context merge(contexts: list): context")
def context_merge(contexts: list[object]) -> Facts | None:
    if not all(isinstance(facts, dict) for facts in contexts):
        return None
    return {key: value for facts in contexts if isinstance(facts, dict) for key, value in facts.items()}

"""Functions that find, cut and join lists."""

from collections.abc import Callable
from decimal import Decimal

from shouhou.kernel.feel.functions.registry import builtin
from shouhou.kernel.feel.numbers import whole
from shouhou.kernel.feel.values import Run, equal, key_of

Items = list[object]


@builtin("list contains(list: list, element: any): boolean", counts=True)
def list_contains(run: Run, items: Items, element: object) -> bool:
    return any(equal(item, element, run) is True for item in items)


@builtin("count(list: list): number")
def count(items: Items) -> Decimal:
    return Decimal(len(items))


@builtin("sublist(list: list, start position: number, length?: number): list")
def sublist(items: Items, start: Decimal, length: Decimal | None = None) -> Items | None:
    first = place(start, len(items))
    if first is None:
        return None
    last = len(items) if length is None else first + whole(length)
    return items[first:last] if first < last <= len(items) else None


def place(position: Decimal, size: int) -> int | None:
    """Turn a position (1 is the first, -1 the last) into an index from 0; None outside the list."""
    index = whole(position)
    index = index - 1 if index > 0 else index + size
    return index if 0 <= index < size and position else None


@builtin("append(list: list, item...: any): list")
def append(items: Items, *more: object) -> Items:
    return [*items, *more]


@builtin("concatenate(list...: list): list", counts=True)
def concatenate(run: Run, *lists: Items) -> Items:
    run.spend(sum(map(len, lists)))
    return [item for items in lists for item in items]


@builtin("insert before(list: list, position: number, newItem: any): list")
def insert_before(items: Items, position: Decimal, item: object) -> Items | None:
    index = place(position, len(items))
    return None if index is None else [*items[:index], item, *items[index:]]


@builtin("remove(list: list, position: number): list")
def remove(items: Items, position: Decimal) -> Items | None:
    index = place(position, len(items))
    return None if index is None else [*items[:index], *items[index + 1 :]]


@builtin("list replace(list: list, position: number, newItem: any): list")
def list_replace(items: Items, position: Decimal, item: object) -> Items | None:
    index = place(position, len(items))
    return None if index is None else [*items[:index], item, *items[index + 1 :]]


@builtin("reverse(list: list): list")
def reverse(items: Items) -> Items:
    return items[::-1]


@builtin("index of(list: list, match: any): list", counts=True)
def index_of(run: Run, items: Items, match: object) -> Items:
    return [Decimal(index) for index, item in enumerate(items, start=1) if equal(item, match, run) is True]


@builtin("union(list...: list): list", counts=True)
def union(run: Run, *lists: Items) -> Items:
    met = finder(run)
    return [item for items in lists for item in items if not met(item)]


@builtin("distinct values(list: list): list", counts=True)
def distinct_values(run: Run, items: Items) -> Items:
    met = finder(run)
    return [item for item in items if not met(item)]


def finder(run: Run) -> Callable[[object], bool]:
    """Return a function that says whether it has met an equal value before."""
    keys: set[object] = set()
    others: Items = []

    def met(value: object) -> bool:
        key = key_of(value)
        if key is None:
            run.spend(len(others))
            if any(equal(value, other, run) is True for other in others):
                return True
            others.append(value)
            return False
        known = key in keys
        keys.add(key)
        return known

    return met


@builtin("flatten(list: list): list", counts=True)
def flatten(run: Run, items: Items) -> Items:
    flat: Items = []
    waiting = items[::-1]
    while waiting:
        run.spend(1)
        item = waiting.pop()
        if isinstance(item, list):
            run.spend(len(item))
            waiting.extend(reversed(item))
        else:
            flat.append(item)
    return flat

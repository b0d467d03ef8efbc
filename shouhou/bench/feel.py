"""How long expressions take: CPU time, because the machine has other work too."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from time import process_time

from shouhou.kernel import feel

ROUNDS = 20_000
TRIES = 5
MICROSECONDS = 1_000_000
FACTS: Mapping[str, object] = {
    "amount": Decimal("1280.50"),
    "level": "gold",
    "days": 12,
    "case": {"in_warranty": True, "fee": 80, "kind": "repair"},
    "parts": [{"price": price} for price in range(10)],
}
EXPRESSIONS: Mapping[str, str] = {
    "one fact": "amount",
    "three comparisons": 'amount > 100 and level = "gold" and days <= 30',
    "three comparisons, nested facts": 'case.in_warranty = true and case.fee <= 100 and case.kind = "repair"',
    "one of ten parts above a price": "some p in parts satisfies p.price > 5",
    "sum of ten prices": "sum(parts.price) > 40",
}


def measure() -> dict[str, float]:
    """Return the CPU time of each expression in microseconds an evaluation, best of several tries."""
    times = {name: _best(_runs(text)) / ROUNDS for name, text in EXPRESSIONS.items()}
    text = EXPRESSIONS["three comparisons"]
    return times | {"reading three comparisons": _best(lambda: feel.parse(text))}


def _runs(text: str) -> Callable[[], object]:
    expression = feel.parse(text)

    def run() -> None:
        for _ in range(ROUNDS):
            expression(FACTS)

    return run


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(TRIES):
        start = process_time()
        work()
        times.append(process_time() - start)
    return min(times) * MICROSECONDS

"""The rules of the house (CONTRIBUTING.md), held by tests."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db.models import ForeignKey, Index, ManyToManyField, Model, OneToOneField, UniqueConstraint
from django.urls import URLPattern, URLResolver, get_resolver

from shouhou.core import policy
from shouhou.core.refusals import Refusal
from shouhou.core.use_case import VERBS

HOUSE = Path(__file__).resolve().parent.parent
PACKAGE = HOUSE / "shouhou"


@cache
def floors() -> dict[str, int]:
    """Each room's floor, counted from the top, as import-linter knows them."""
    contracts = tomllib.loads((HOUSE / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = contracts[0]["layers"]
    return {room: number for number, layer in enumerate(layers) for room in re.findall(r"\w+", layer)}


@cache
def sources() -> dict[Path, ast.Module]:
    """Every module of the product, parsed; migrations are written by a machine."""
    return {
        path.relative_to(PACKAGE): ast.parse(path.read_text())
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts
    }


def rooms_models() -> Iterator[type[Model]]:
    return (model for model in apps.get_models() if model.__module__.startswith("shouhou."))


def room_of(model: type[Model]) -> str:
    return model.__module__.split(".")[1]


class TestFloors:
    def test_every_folder_stands_on_a_floor(self):
        rooms = {
            path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
        }
        assert rooms - {"__init__"} <= set(floors())

    def test_foreign_keys_only_point_down(self):
        upwards = [
            f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
            for model in rooms_models()
            for field in model._meta.get_fields()
            if isinstance(field, ForeignKey | OneToOneField | ManyToManyField)
            and field.related_model.__module__.startswith("shouhou.")
            and room_of(field.related_model) != room_of(model)
            and floors()[room_of(field.related_model)] <= floors()[room_of(model)]
        ]
        assert upwards == []


class TestOrganisation:
    """Every business row belongs to an organisation, and every index of it starts there."""

    # What is found before anyone knows whose it is, and what belongs to the house itself.
    OF_THE_HOUSE = frozenset({"core.Organisation", "core.Root", "core.Job", "core.Lease"})
    # The clock goes through these for everyone at once.
    OF_THE_CLOCK = frozenset({"timer_due", "kept_message_by_end"})

    def test_every_row_has_one(self):
        without = [
            model._meta.label
            for model in rooms_models()
            if model._meta.label not in self.OF_THE_HOUSE
            and not any(field.name == "organisation" for field in model._meta.fields)
        ]
        assert without == []

    def test_every_index_starts_with_it_or_with_the_row_above(self):
        """A part of a case may be numbered within the case, whose key no two organisations share."""
        elsewhere = [
            f"{model._meta.label}: {rule.name}"
            for model in rooms_models()
            if model._meta.label not in self.OF_THE_HOUSE
            for rule in (*model._meta.constraints, *model._meta.indexes)
            if isinstance(rule, UniqueConstraint | Index) and rule.fields
            if rule.name not in self.OF_THE_CLOCK
            if rule.fields[0] != "organisation"
            if not isinstance(model._meta.get_field(rule.fields[0]), ForeignKey)
        ]
        assert elsewhere == []


class TestDoors:
    """Every address declares who may open it."""

    # Allauth's own pages ask for a login themselves; Django's file view serves only what was collected.
    FOREIGN = ("allauth.", "django.views.static", "django.contrib.staticfiles")

    def test_every_address_declares_one(self):
        undeclared = [
            route
            for route, view in addresses(get_resolver())
            if not view.__module__.startswith(self.FOREIGN) and not door_of(view)
        ]
        assert undeclared == []

    def test_every_door_is_a_rule(self):
        doors = {door_of(view) for _route, view in addresses(get_resolver())} - {"", "everyone"}
        assert sorted(doors - set(policy.RULES)) == []


def door_of(view: object) -> str:
    return getattr(view, "door", "") or getattr(getattr(view, "view_class", None), "door", "")


def addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, object]]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        else:
            yield from addresses(pattern, route)


class TestVerbs:
    def test_every_verb_has_a_rule(self):
        assert sorted(verb for verb in set(VERBS) - set(policy.RULES) if not verb.startswith("test.")) == []

    def test_every_rule_is_used(self):
        said = {
            node.value
            for path, tree in sources().items()
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            if not is_an_allowance(path, tree, node)
        }
        templates = "\n".join(path.read_text() for path in PACKAGE.rglob("*.html"))
        unused = [verb for verb in policy.RULES if verb not in said and f'"{verb}"' not in templates]
        assert [verb for verb in unused if not verb.startswith("test.")] == []


def is_an_allowance(path: Path, tree: ast.Module, word: ast.Constant) -> bool:
    """Whether a string is what an ``allow`` names, rather than someone asking."""
    return id(word) in _allowed(path)


@cache
def _allowed(path: Path) -> frozenset[int]:
    return frozenset(
        id(call.args[0])
        for call in ast.walk(sources()[path])
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "allow"
        and call.args
    )


class TestRefusals:
    """A no says what is in the way and what to do next."""

    # The API says in a program's words what a form says in a person's.
    SAID_TWICE = frozenset({"core.key_reused"})

    def test_every_code_is_its_own(self):
        codes: dict[str, list[str]] = {}
        for refusal in refusals():
            if "code" in vars(refusal):
                codes.setdefault(refusal.code, []).append(refusal.__qualname__)
        assert {
            code: names for code, names in codes.items() if len(names) > 1 and code not in self.SAID_TWICE
        } == {}

    def test_every_one_says_what_to_do_next(self):
        silent = [
            refusal.code
            for refusal in refusals()
            if "code" in vars(refusal)
            if not (refusal.next_step or "advice" in vars(refusal))
        ]
        assert silent == []


def refusals() -> Iterator[type[Refusal]]:
    found = [Refusal]
    while found:
        for refusal in found.pop().__subclasses__():
            if refusal.__module__.startswith("shouhou."):
                found.append(refusal)
                yield refusal


class TestWriting:
    """Only services write: a face asks for a verb, a query only reads."""

    ALWAYS = frozenset(
        {
            "save",
            "delete",
            "bulk_create",
            "bulk_update",
            "get_or_create",
            "update_or_create",
            "create",
            "update",
        }
    )
    FACES = frozenset({"web", "cli", "wiring", "urls", "settings", "wsgi"})
    READERS = frozenset({"queries", "policy", "forms", "rules", "models", "refusals", "facts"})

    def test_no_face_and_no_query_does(self):
        writing = [
            f"{path}:{call.lineno} .{call.func.attr}()"
            for path, tree in sources().items()
            if path.parts[0] in self.FACES or {Path(part).stem for part in path.parts[1:]} & self.READERS
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
            if self.writes(call, call.func)
        ]
        assert writing == []

    def writes(self, call: ast.Call, method: ast.Attribute) -> bool:
        if method.attr == "update":
            # A dictionary's update takes what it is given in place; a queryset's names its fields.
            return not call.args and bool(call.keywords)
        if method.attr == "save":
            # A picture and a workbook are saved to somewhere; a row is just saved.
            return not call.args
        return method.attr in self.ALWAYS


class TestSize:
    """Short functions, files one can read."""

    def functions(self) -> list[tuple[int, str]]:
        return sorted(
            (node.end_lineno - node.lineno + 1, f"{path}:{node.name}")
            for path, tree in sources().items()
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        )

    def test_nineteen_of_twenty_functions_are_short(self):
        lengths = self.functions()
        length, name = lengths[len(lengths) * 95 // 100]
        assert length < 43, name

    def test_no_function_fills_two_screens(self):
        assert [name for length, name in self.functions() if length > 100] == []

    def test_no_file_is_longer_than_500_lines(self):
        lines = {str(path): (PACKAGE / path).read_text().count("\n") for path in sources()}
        assert {path: count for path, count in lines.items() if count > 500} == {}

    def test_no_room_has_a_box_for_odds_and_ends(self):
        odds = {"utils", "common", "helpers", "signals", "misc"}
        assert [str(path) for path in sources() if odds & {Path(part).stem for part in path.parts}] == []

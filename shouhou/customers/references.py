"""What hangs on a record of this room, in whichever room it stands.

Found in the models themselves, so that a room built later is never forgotten: when files are merged its
rows move along, and a record they refer to is not removed under them.
"""

from collections.abc import Iterator

from django.db.models import Model

from shouhou.customers.refusals import InUse


def references(of: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """The models that point to ``of``, each with the name of the field that does."""
    for relation in of._meta.related_objects:
        model = relation.related_model
        if not relation.many_to_many and isinstance(model, type):
            yield model, relation.field.name


def repoint(lost: Model, kept: Model, *, but: tuple[type[Model], ...] = ()) -> dict[str, int]:
    """Let everything that points to one record point to another; how many rows of each model moved."""
    moved: dict[str, int] = {}
    for model, field in references(type(lost)):
        if model not in but:
            rows = model._default_manager.filter(**{field: lost})
            if count := rows.update(**{field: kept}):
                moved[model._meta.label_lower] = count
    return moved


def remove(row: Model, *, but: tuple[type[Model], ...] = ()) -> None:
    """Delete a record nothing points to, beside models that go with it.

    Raises ``InUse`` naming what does.
    """
    holders = [
        f"{count} {model._meta.verbose_name}"
        for model, field in references(type(row))
        if model not in but and (count := model._default_manager.filter(**{field: row}).count())
    ]
    if holders:
        raise InUse(what=row._meta.verbose_name, holders="、".join(holders))
    row.delete()

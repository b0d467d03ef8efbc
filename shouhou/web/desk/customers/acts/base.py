"""What the acts on a customer's file have in common: the file, and the row of it they are about."""

from typing import Any, ClassVar, TypeVar

from django.db.models import Model

from shouhou.core.policy import scope
from shouhou.core.refusals import NotFound
from shouhou.customers.models import Contact, Customer, InstalledProduct
from shouhou.customers.services.contacts import hidden
from shouhou.web.desk.acts.base import Act
from shouhou.web.verbs import VerbForm

Row = TypeVar("Row", bound=Model)


class FileForm(VerbForm):
    """A verb on a customer's file, or on one ``row`` of it: a contact, an address, a piece.

    ``of`` is that row's model; ``hint`` says above the form what the act brings about.
    """

    act: ClassVar[Act]
    of: ClassVar[type[Model] | None] = None
    hint: ClassVar[Any] = ""
    template: ClassVar[str] = "desk/customers/acts/form.html"

    def __init__(self, *args: Any, customer: Customer, row: Any = None, **kwargs: Any) -> None:
        self.customer, self.row = customer, row
        super().__init__(*args, **kwargs)

    def fill(self, row: Model) -> None:
        """Begin with what is on file."""
        for name, field in self.fields.items():
            field.initial = getattr(row, name)

    @property
    def about(self) -> str:
        """Which row the act is about, as everyone may see it."""
        match self.row:
            case Contact():
                return hidden(self.row.sort, self.row.value)
            case InstalledProduct():
                return " ".join(filter(None, (str(self.row.product), self.row.serial)))
            case _:
                return str(self.row)

    @property
    def key(self) -> Any:
        """The key of the row the act is about."""
        return self.row.pk


def row_of(customer: Customer, model: type[Row], key: Any, actor: Any) -> Row:
    """The customer's own row.

    Raises ``NotFound``.
    """
    row: Row | None = scope(actor, model).filter(customer=customer, pk=key).first()
    if row is None:
        raise NotFound(what=model._meta.verbose_name)
    return row

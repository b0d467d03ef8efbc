"""Staff, with or without a login."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from shouhou.core.models import Business
from shouhou.core.policy import ROLE_NAMES


class PersonManager(BaseUserManager["Person"]):
    """Logins are looked up whatever their case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username__iexact=username or "")


class Person(Business, AbstractBaseUser):
    """A member of staff (员工). Someone without a login has no ``username`` and an unusable password.

    ``username`` is unique over all organisations, for the login page does not ask which one;
    ``permit`` is the number of the work permit (上岗证) shown at the door. A password given by
    someone else (``password_given_at``) is for one login: the first thing done with it is to choose another.
    """

    username = models.CharField(max_length=60, unique=True, null=True)
    password_given_at = models.DateTimeField(null=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    permit = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    theme = models.CharField(max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("member of staff")
        indexes = [models.Index(name="person_by_name", fields=["organisation", "is_active", "name"])]

    def __str__(self) -> str:
        return self.name

    def set_password(self, raw_password: str | None) -> None:
        """Set a password the person chose; ``services.give_login`` marks the one it gives."""
        super().set_password(raw_password)
        self.password_given_at = None

    @property
    def has_login(self) -> bool:
        return self.is_active and self.username is not None and self.has_usable_password()

    @property
    def role_keys(self) -> frozenset[str]:
        """The roles held; one statement unless prefetched."""
        return frozenset(holding.role for holding in self.roles.all())


class RoleHolding(Business):
    """A person holds a role (岗位)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=30, choices=list(ROLE_NAMES.items()))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="role_held_once", fields=["organisation", "person", "role"])
        ]
        indexes = [models.Index(name="holding_by_role", fields=["organisation", "role"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"

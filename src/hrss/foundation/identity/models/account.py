"""The account: what signs in. It carries no personal data beyond a name to greet and a blind index of the phone."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hrss.kernel.actor import ActorKind
from hrss.kernel.identifiers import uuid7


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; the password may be absent (public accounts sign in by code)."""

    def create_account(
        self, username: str, *, kind: str, password: str | None = None, person_id: UUID | None = None, name: str = ""
    ) -> Account:
        """Make an account. ``kind`` is an ActorKind value."""
        account = self.model(username=username.strip().lower(), kind=kind, person_id=person_id, display_name=name)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """An account of one kind; of one natural person at most one of each kind (P03).

    ``email`` is how a partner system's operator is reached; people's accounts have none.
    """

    class Kind(models.TextChoices):
        """Kinds of account, as ``ActorKind``."""

        PUBLIC = ActorKind.PUBLIC.value, "群众"
        STAFF = ActorKind.STAFF.value, "工作人员"
        PARTNER = ActorKind.PARTNER.value, "对接系统"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField("用户名", max_length=64, unique=True, db_collation="C")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="accounts")
    kind = models.CharField("类别", max_length=8, choices=Kind.choices)
    email = models.EmailField("对接联系邮箱", blank=True, default="")
    display_name = models.CharField("显示名", max_length=50, blank=True, default="")
    is_active = models.BooleanField("启用", default=True)
    phone_index = models.BinaryField("手机号索引", max_length=16, null=True, unique=True)
    password_set_at = models.DateTimeField("密码设置时间", null=True)
    last_seen_at = models.DateTimeField("最近使用", null=True)
    closed_reason = models.CharField("停用原因", max_length=100, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    posts_today: list[dict[str, Any]] | None = None  # read along with the account of a session (access.signed_in)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["kind"]

    class Meta:
        verbose_name = "账号"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                name="identity_account_one_of_kind",
                violation_error_message="一个自然人只能有一个同类账号",
            ),
            models.CheckConstraint(
                name="identity_account_staff_is_a_person",
                condition=~Q(kind="staff") | Q(person__isnull=False),
                violation_error_message="工作人员账号必须对应一个自然人",
            ),
            models.CheckConstraint(
                name="identity_account_email_of_partner",
                condition=Q(email="") | Q(kind="partner"),
                violation_error_message="只有对接系统账号登记邮箱",
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def is_staff_account(self) -> bool:
        """Tell whether a member of staff signs in with it."""
        return self.kind == self.Kind.STAFF

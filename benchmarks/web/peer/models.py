"""The county's tables as a stock Django project would map them (unmanaged: the rows are the product's)."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import UserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

NEVER = models.DO_NOTHING


class Region(models.Model):
    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=40)
    level = models.CharField(max_length=10)
    parent = models.ForeignKey("self", NEVER, null=True)

    class Meta:
        managed = False
        db_table = "regions_region"


class Organisation(models.Model):
    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=100)

    class Meta:
        managed = False
        db_table = "organisations_organisation"


class Account(AbstractBaseUser):
    id = models.UUIDField(primary_key=True)
    username = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10)
    display_name = models.CharField(max_length=50)
    is_active = models.BooleanField()
    last_seen_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    USERNAME_FIELD = "username"
    objects = UserManager()

    class Meta:
        managed = False
        db_table = "identity_account"


class Post(models.Model):
    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(Account, NEVER)
    function = models.CharField(max_length=16)
    line = models.CharField(max_length=12)
    region_code = models.CharField(max_length=12)
    grade = models.SmallIntegerField()
    organisation = models.ForeignKey(Organisation, NEVER, null=True)
    since = models.DateField()
    until = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "access_post"


class Person(models.Model):
    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=50)
    pinyin = models.CharField(max_length=100)
    sex = models.SmallIntegerField(choices=[(1, "男"), (2, "女"), (0, "未知"), (9, "未说明")])
    birth_date = models.DateField()
    death_date = models.DateField(null=True)
    id_tail = models.CharField(max_length=4)
    region = models.ForeignKey(Region, NEVER, db_column="region_code", related_name="+")
    residence_code = models.CharField(max_length=12)
    township = models.CharField(max_length=9)
    residence_township = models.CharField(max_length=9)
    merged_into_id = models.UUIDField(null=True)

    class Meta:
        managed = False
        db_table = "people_person"


class Phone(models.Model):
    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, NEVER, related_name="phones")
    tail = models.CharField(max_length=4)
    is_primary = models.BooleanField()

    class Meta:
        managed = False
        db_table = "people_phone"


class Household(models.Model):
    id = models.UUIDField(primary_key=True)
    address = models.CharField(max_length=200)

    class Meta:
        managed = False
        db_table = "people_household"


class Member(models.Model):
    RELATIONS = [
        ("head", "户主"), ("spouse", "配偶"), ("child", "子女"), ("child_in_law", "子女配偶"), ("grandchild", "孙子女"),
        ("parent", "父母"), ("grandparent", "祖父母"), ("sibling", "兄弟姐妹"), ("other", "其他"),
    ]  # fmt: skip
    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, NEVER, related_name="members")
    person = models.ForeignKey(Person, NEVER, related_name="memberships")
    relation = models.CharField(max_length=12, choices=RELATIONS)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "people_householdmember"


class BankAccount(models.Model):
    STATES = [("proposed", "待复核"), ("active", "可用"), ("refused", "未通过"), ("closed", "已停用")]
    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, NEVER, related_name="accounts")
    bank = models.CharField(max_length=60)
    tail = models.CharField(max_length=4)
    state = models.CharField(max_length=8, choices=STATES)
    since = models.DateField()

    class Meta:
        managed = False
        db_table = "people_bankaccount"


class Status(models.Model):
    NAMES = [
        ("employed", "就业"), ("unemployed", "登记失业"), ("seeking", "求职（没有登记失业）"),
        ("inactive", "没有就业，也没有求职"), ("deceased", "已去世"),
    ]  # fmt: skip
    person = models.OneToOneField(Person, NEVER, primary_key=True, related_name="status")
    status = models.TextField(choices=NAMES)
    since = models.DateField()

    class Meta:
        managed = False
        db_table = "employment_currentstatus"


class Spell(models.Model):
    KINDS = [("employer", "单位就业"), ("self", "自主创业"), ("flexible", "灵活就业")]
    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, NEVER, related_name="spells")
    employer = models.ForeignKey(Organisation, NEVER, null=True)
    kind = models.TextField(choices=KINDS)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "employment_employmentspell"


BENEFITS = [
    ("resident_pension", "城乡居民养老金"), ("unemployment_benefit", "失业保险金"),
    ("resident_death_grant", "居民养老保险丧葬补助金"), ("resident_account_inheritance", "居民养老保险个人账户余额"),
    ("unemployment_death_grant", "失业人员丧葬补助金和抚恤金"),
]  # fmt: skip


class Entitlement(models.Model):
    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, NEVER, related_name="entitlements")
    benefit = models.CharField(max_length=40, choices=BENEFITS)
    first = models.IntegerField()
    last = models.IntegerField(null=True)
    stop_reason = models.CharField(max_length=200)

    class Meta:
        managed = False
        db_table = "payables_entitlement"


class Payment(models.Model):
    STATES = [
        ("open", "发放中"),
        ("paid", "已发放"),
        ("returned", "银行退回"),
        ("held", "暂缓发放"),
        ("dropped", "批次作废"),
    ]
    ANSWERS = [
        ("paid", "已到账"), ("wrong_account", "账号不存在"), ("closed_account", "账户已销户"), ("name_mismatch", "户名不符"),
        ("refused", "银行未能处理"),
    ]  # fmt: skip
    id = models.BigAutoField(primary_key=True)
    entitlement = models.ForeignKey(Entitlement, NEVER, related_name="payments")
    person = models.ForeignKey(Person, NEVER, related_name="payments")
    benefit = models.CharField(max_length=40, choices=BENEFITS)
    month = models.IntegerField()
    amount = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=STATES)
    answer = models.CharField(max_length=20, choices=ANSWERS)
    account_tail = models.CharField(max_length=4)

    class Meta:
        managed = False
        db_table = "payables_payment"


class ItemVersion(models.Model):
    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=8)
    name = models.CharField(max_length=80)
    state = models.CharField(max_length=10)
    version = models.IntegerField()
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    definition = models.JSONField()

    class Meta:
        managed = False
        db_table = "casework_itemversion"


class WaitingKey(models.Model):
    key = models.CharField(max_length=80, primary_key=True)
    functions = ArrayField(models.CharField(max_length=16))
    reach = models.SmallIntegerField()

    class Meta:
        managed = False
        db_table = "casework_waitingkey"


class Case(models.Model):
    STATES = [
        ("submitted", "待受理"), ("correcting", "待补正"), ("accepted", "办理中"), ("reviewing", "待复核"),
        ("auditing", "待稽核"), ("meeting", "待会审"), ("approving", "待审批"), ("executing", "待执行"),
        ("suspended", "中止"), ("decided", "已办结"), ("delivered", "已送达"), ("archived", "已归档"),
        ("rejected", "不予受理"), ("withdrawn", "已撤回"), ("terminated", "已终止"), ("transferred", "已转出"),
    ]  # fmt: skip
    CHANNELS = [
        ("portal", "网上"), ("counter", "窗口"), ("workbench", "经办"), ("api", "接口"), ("job", "系统"),
        ("village", "村（社区）"),
    ]  # fmt: skip
    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=24)
    item_version = models.ForeignKey(ItemVersion, NEVER)
    item_code = models.CharField(max_length=8)
    item_name = models.CharField(max_length=80)
    line = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=STATES)
    waiting_key = models.CharField(max_length=80)
    region = models.ForeignKey(Region, NEVER, db_column="region_code", related_name="+")
    township = models.CharField(max_length=9)
    channel = models.CharField(max_length=12, choices=CHANNELS)
    subject_name = models.CharField(max_length=100)
    subject_tail = models.CharField(max_length=4)
    data = models.JSONField()
    applicant_person = models.ForeignKey(Person, NEVER, null=True, related_name="cases")
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    act_by = models.DateField(null=True)
    claimed_by = models.UUIDField(null=True)
    claimed_name = models.CharField(max_length=50)

    class Meta:
        managed = False
        db_table = "casework_case"


class Material(models.Model):
    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, NEVER, related_name="materials")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    state = models.CharField(max_length=10)
    source = models.CharField(max_length=60)
    note = models.CharField(max_length=200)
    file_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "casework_material"


class Action(models.Model):
    case = models.ForeignKey(Case, NEVER, related_name="actions")
    ordinal = models.IntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=20)
    function = models.CharField(max_length=16)
    actor_name = models.CharField(max_length=50)
    note = models.TextField()

    class Meta:
        managed = False
        db_table = "casework_action"


class Clock(models.Model):
    KINDS = [
        ("statutory", "法定期限"), ("promised", "承诺期限"), ("acceptance", "受理期限"), ("correction", "补正期限"),
        ("deferred", "容缺补交"),
    ]  # fmt: skip
    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, NEVER, related_name="clocks")
    kind = models.CharField(max_length=12, choices=KINDS)
    start_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    met_on = models.DateField(null=True)
    cancelled = models.BooleanField()

    class Meta:
        managed = False
        db_table = "casework_clock"


class Document(models.Model):
    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, NEVER, related_name="documents")
    name = models.CharField(max_length=80)
    number = models.CharField(max_length=40)
    size = models.IntegerField()
    issued_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "casework_document"


class Decision(models.Model):
    id = models.UUIDField(primary_key=True)
    case = models.OneToOneField(Case, NEVER, related_name="decided")
    granted = models.BooleanField()
    reasons = models.TextField()
    remedy = models.TextField()

    class Meta:
        managed = False
        db_table = "casework_decision"


class Notice(models.Model):
    id = models.UUIDField(primary_key=True)
    case = models.OneToOneField(Case, NEVER, related_name="notice")
    points = models.JSONField()

    class Meta:
        managed = False
        db_table = "casework_notice"


class Rating(models.Model):
    STARS = [(5, "非常满意"), (4, "满意"), (3, "基本满意"), (2, "不满意"), (1, "非常不满意")]
    id = models.UUIDField(primary_key=True)
    case = models.OneToOneField(Case, NEVER, related_name="rating")
    stars = models.SmallIntegerField(choices=STARS)
    comment = models.TextField()

    class Meta:
        managed = False
        db_table = "casework_rating"


class Inquiry(models.Model):
    case_id = models.UUIDField(null=True)
    question = models.CharField(max_length=60)

    class Meta:
        managed = False
        db_table = "exchange_inquiry"

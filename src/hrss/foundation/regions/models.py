"""The division table. Public data (L1): no row-level security."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Region(models.Model):
    """One division: county (6 digits), township (9) or village (12); ``code`` is the statistical code.

    ``mca_code`` is the civil-affairs code of a township: the two systems give the same digits to different townships,
    so it is a fact to show and to send, never a key. ``valid_to`` is the last day the division existed.
    """

    class Level(models.TextChoices):
        """Levels of division a county has."""

        COUNTY = "county", "县"
        TOWNSHIP = "township", "乡镇（街道）"
        VILLAGE = "village", "村（社区）"

    code = models.CharField("区划代码", max_length=12, primary_key=True, db_collation="C")
    mca_code = models.CharField("民政代码", max_length=12, null=True, unique=True, db_collation="C")  # noqa: DJ001 - unique where known
    name = models.CharField("名称", max_length=60)
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField("设立日期", null=True)
    valid_to = models.DateField("撤销日期", null=True)
    pinyin = models.CharField("拼音", max_length=120, db_collation="C")
    tile_col = models.SmallIntegerField("格图列", null=True)
    tile_row = models.SmallIntegerField("格图行", null=True)
    lon = models.FloatField("经度", null=True)
    lat = models.FloatField("纬度", null=True)

    class Meta:
        verbose_name = "行政区划"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="regions_region_code_fits_level",
                condition=Q(level="county", code__regex=r"^[0-9]{6}$", parent=None)
                | Q(level="township", code__regex=r"^[0-9]{9}$", parent__isnull=False)
                | Q(level="village", code__regex=r"^[0-9]{12}$", parent__isnull=False),
                violation_error_message="区划代码的长度与层级不符，或缺少上级区划",
            ),
            models.CheckConstraint(
                name="regions_region_valid_in_order",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_from__lte=models.F("valid_to")),
                violation_error_message="撤销日期早于设立日期",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CountyMap(models.Model):
    """An approved map of the county, loaded from a file; the newest one is shown, with its approval number (审图号).

    Public data. ``width`` and ``height`` are the drawing's units.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField("审图号", max_length=40)
    sha256 = models.CharField("文件摘要", max_length=64)
    width = models.IntegerField()
    height = models.IntegerField()
    loaded_by = models.CharField("载入人", max_length=50)
    loaded_at = models.DateTimeField("载入时间", db_default=Now())

    class Meta:
        verbose_name = "县域地图"


class Boundary(models.Model):
    """The outline of one township on a map: a path in drawing units, and where its name stands."""

    id = models.BigAutoField(primary_key=True)
    map = models.ForeignKey(CountyMap, models.PROTECT, related_name="boundaries")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    path = models.TextField("轮廓")
    x = models.IntegerField()
    y = models.IntegerField()

    class Meta:
        verbose_name = "乡镇轮廓"
        constraints = [models.UniqueConstraint(fields=["map", "region"], name="regions_boundary_once")]

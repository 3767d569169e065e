"""Filters of the peer's templates."""

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def day(value):
    """Write a day."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


@register.filter
def moment(value):
    """Write a moment."""
    local = timezone.localtime(value)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


@register.filter
def month(index):
    """Write a month kept as months since the year 0."""
    return f"{index // 12}年{index % 12 + 1}月"


@register.filter
def yuan(fen):
    """Write an amount with two decimals."""
    return f"{fen / 100:,.2f}"


@register.filter
def masked(tail, length):
    """Write a number of which only the end may be seen."""
    return "*" * (int(length) - len(tail)) + tail


@register.filter
def age(person, today):
    """Give full years."""
    end = person.death_date or today
    return end.year - person.birth_date.year - ((end.month, end.day) < (person.birth_date.month, person.birth_date.day))


@register.filter
def full_name(region):
    """Write a place in full."""
    return f"{region.parent.parent.name}{region.parent.name}{region.name}"


@register.filter
def short_name(region):
    """Write a place as people say it."""
    return region.parent.name + _short(region.name) if len(region.code) == 12 else region.name


def _short(name):
    return name.removesuffix("居民委员会") if name.endswith("社区居民委员会") else name.removesuffix("村民委员会")


@register.inclusion_tag("peer/due.html")
def due(value, today):
    """Say how a due date stands."""
    left = (value - today).days
    if left < 0:
        return {"kind": "over", "icon": "alert-circle", "text": f"超期 {-left} 天"}
    if left <= 3:
        return {"kind": "warn", "icon": "calendar-due", "text": "今天到期" if left == 0 else f"还剩 {left} 天"}
    return {"kind": "fine", "icon": "clock", "text": f"{value.month}月{value.day}日到期"}

"""The table of pages: every address with who may enter, over what, how secret, how it is logged, how often.

Channels register theirs; ``config.urls`` builds the addresses from it and the access-matrix test walks it. It refuses
two routes of one name, two of one address and method, and words that are not in the lists below.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from hrss.kernel.actor import Actor, ActorKind, Function
from hrss.kernel.problem import Problem

SCOPES = frozenset({"none", "own", "region", "county"})
LABELS = frozenset({"L1", "L2", "L3", "L4"})
AUDITS = frozenset({"none", "read", "write"})
RATES = frozenset({"page", "search", "submit", "login"})
METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
COUNTY_DIGITS = 6
_KINDS = {"public": ActorKind.PUBLIC, "staff": ActorKind.STAFF, "partner": ActorKind.PARTNER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One page or call.

    ``audience`` holds ``anyone``, ``public``, ``partner``, ``partner:<scope>``, ``staff``, ``staff:<function>``;
    ``view`` is a dotted name; ``scope`` is whose rows it shows; ``label`` the highest data label on it.
    """

    path: str
    view: str
    name: str
    audience: frozenset[str]
    title: str
    scope: str = "none"
    label: str = "L1"
    audit: str = "none"
    rate: str = "page"
    methods: tuple[str, ...] = ("GET",)

    def __post_init__(self) -> None:
        wrong = [
            word
            for word, known in ((self.scope, SCOPES), (self.label, LABELS), (self.audit, AUDITS), (self.rate, RATES))
            if word not in known
        ]
        wrong += [method for method in self.methods if method not in METHODS]
        wrong += [token for token in self.audience if not _is_audience(token)]
        if wrong or not self.audience or not self.title:
            raise ValueError(f"route {self.name}: not understood: {wrong or 'audience or title missing'}")
        if self.label in {"L3", "L4"} and "anyone" in self.audience:
            raise ValueError(f"route {self.name}: personal data ({self.label}) cannot be for anyone")


def staff_audience(*functions: Function) -> frozenset[str]:
    """Give the audience of staff who hold one of the functions."""
    return frozenset(f"staff:{function.value}" for function in functions)


_ROUTES: dict[str, Route] = {}


def register(routes: Iterable[Route]) -> None:
    """Add a channel's routes. Raises ValueError for a name or an address that is there already."""
    taken = {(route.path, method): route.name for route in _ROUTES.values() for method in route.methods}
    for route in routes:
        clash = [taken[(route.path, method)] for method in route.methods if (route.path, method) in taken]
        if _ROUTES.get(route.name) == route:
            continue
        if route.name in _ROUTES or clash:
            raise ValueError(f"route {route.name} ({route.path}) is there already: {clash or route.name}")
        _ROUTES[route.name] = route
        taken |= {(route.path, method): route.name for method in route.methods}


def find(name: str) -> Route | None:
    """Give the route the resolver matched, None when it is not in the table (then the page does not exist)."""
    return _ROUTES.get(name)


def all_routes() -> tuple[Route, ...]:
    """Give every route in order of address."""
    return tuple(sorted(_ROUTES.values(), key=lambda route: (route.path, route.methods)))


def may_enter(actor: Actor, route: Route) -> Problem | None:
    """Give None when the actor may enter, else the Problem to answer with: 401 to sign in, 403 otherwise."""
    if "anyone" in route.audience:
        return None
    if actor.account is None and actor.kind is not ActorKind.SYSTEM:
        return Problem("access.sign_in", "请先登录", remedy="登录后会回到这一页", status=401)
    if not any(_fits(actor, token) for token in route.audience):
        return _refused(f"您的账号不能进入“{route.title}”", "请换用有权限的账号或岗位")
    if route.scope == "county" and not _over_the_county(actor):
        return _refused(f"“{route.title}”只对全县岗位开放", "请由县级岗位办理")
    return None


def _is_audience(token: str) -> bool:
    kind, _, rest = token.partition(":")
    if not rest:
        return token in {"anyone", *_KINDS}
    return kind == "partner" or (kind == "staff" and rest in set(Function))


def _fits(actor: Actor, token: str) -> bool:
    kind, function, rest = _read(token)
    if kind is not actor.kind:
        return False
    if kind is ActorKind.STAFF:
        return actor.holds(function) if function else bool(actor.posts)
    return not rest or rest in actor.scopes


@cache
def _read(token: str) -> tuple[ActorKind | None, Function | None, str]:
    """Take a token of an audience apart; there are a few dozen."""
    kind, _, rest = token.partition(":")
    return _KINDS.get(kind), Function(rest) if kind == "staff" and rest else None, rest


def _over_the_county(actor: Actor) -> bool:
    return actor.kind is ActorKind.SYSTEM or any(len(post.region) <= COUNTY_DIGITS for post in actor.posts)


def _refused(message: str, remedy: str) -> Problem:
    return Problem("access.refused", message, rule="路由登记表：角色、范围、密级", remedy=remedy, status=403)

"""Signing in with phone and code, opening an account, signing out. Staff sign in elsewhere, with two factors."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from hrss.channels.ui.render import new_key, page
from hrss.channels.ui.request import Request
from hrss.foundation.identity import services
from hrss.foundation.identity.codes import wrong_code
from hrss.foundation.identity.models import Account
from hrss.foundation.identity.sessions import idle_seconds
from hrss.kernel.problem import Problem

PENDING = "sign_in_phone"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in(request: Request) -> HttpResponse:
    """Ask for the phone number; POST sends a code to it."""
    after = _after(request)
    if request.method == "POST":
        phone = request.POST.get("phone", "").strip()
        try:
            services.request_code(actor=request.actor, phone=phone, key=request.POST.get("_key", ""))
        except Problem as problem:
            problem.field = "phone"
            return page(
                request, "portal/login.html", status=422, phone=phone, after=after, problems=problem, key=new_key()
            )
        request.session[PENDING] = phone
        return HttpResponseRedirect(reverse("portal.code", query={"next": after}))
    return page(request, "portal/login.html", phone="", after=after, problems=None, key=new_key())


def enter_code(request: Request) -> HttpResponse:
    """Ask for the code; a right one signs in."""
    phone = request.session.get(PENDING, "")
    if not phone:
        return HttpResponseRedirect(reverse("portal.login"))
    problem: Problem | None = None
    if request.method == "POST":
        done = services.sign_in_by_code(actor=request.actor, phone=phone, code=request.POST.get("code", "").strip())
        if done.id:
            return _signed_in(request, done.id)
        problem = wrong_code()
        problem.field = "code"
    status = 422 if problem else 200
    typed = request.POST.get("code", "")
    return page(
        request, "portal/code.html", status=status, phone=phone, after=_after(request), typed=typed, problems=problem
    )


def open_account(request: Request) -> HttpResponse:
    """Open an account with name, id number and a phone that is on record."""
    typed = {name: request.POST.get(name, "").strip() for name in ("name", "id_number", "phone", "code")}
    problem: Problem | None = None
    sent = False
    if request.method == "POST":
        try:
            if request.POST.get("step") == "send":
                services.request_code(actor=request.actor, phone=typed["phone"], purpose="register")
                sent = True
            else:
                sent = True
                done = services.open_public_account(actor=request.actor, **typed)
                if done.id:
                    return _signed_in(request, done.id)
                problem = Problem(
                    "identity.not_fitting",
                    str(done.data["message"]),
                    remedy="请核对姓名、身份证号和手机号；手机号换了的，请带身份证到窗口更新",
                    field="name",
                )
        except Problem as raised:
            problem = raised
    status = 422 if problem else 200
    return page(
        request, "portal/open_account.html", status=status, typed=typed, sent=sent, problems=problem, key=new_key()
    )


def sign_out(request: Request) -> HttpResponse:
    """End the session."""
    logout(request)
    return HttpResponseRedirect(reverse("portal.home"))


def _signed_in(request: Request, account_id: str) -> HttpResponse:
    account = Account.objects.get(id=account_id)
    login(request, account, backend=BACKEND)
    request.session.set_expiry(idle_seconds(account))
    return HttpResponseRedirect(_after(request))


def _after(request: Request) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else "/"

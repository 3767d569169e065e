"""allauth's pages, still Django templates, in our shell and with our fields."""

from __future__ import annotations

from django import forms
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory

from hrss.channels.ui.render import CHANNELS


class SignIn(forms.Form):
    """A form like allauth's: a line, a secret, a box to tick."""

    login = forms.CharField(label="用户名", help_text="手机号也行")
    remember = forms.BooleanField(label="记住我", required=False)


PAGE = """{% extends "allauth/layouts/base.html" %}{% load allauth %}
{% block head_title %}登录{% endblock %}
{% block content %}
{% element h1 %}登录{% endelement %}
{% element form form=form method="post" action="/x" %}
{% slot body %}{% csrf_token %}{% element fields form=form %}{% endelement %}{% endslot %}
{% slot actions %}{% element button type="submit" tags="outline" %}进入{% endelement %}{% endslot %}
{% endelement %}
{% endblock %}
"""

SKIN = DjangoTemplates(
    {
        "NAME": "skin",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                ("django.template.loaders.locmem.Loader", {"page.html": PAGE}),
                ("django.template.loaders.filesystem.Loader", [str(CHANNELS / "ui" / "templates_django")]),
                "django.template.loaders.app_directories.Loader",
            ],
            "context_processors": ["django.template.context_processors.request"],
        },
    }
)


def drawn(**context: object) -> str:
    return str(SKIN.get_template("page.html").render(context, RequestFactory().get("/accounts/login/")))


def test_page_has_our_shell_title_and_one_form() -> None:
    text = drawn(form=SignIn())
    assert "<title>登录 · 奉节智慧人社</title>" in text
    assert "跳到主要内容" in text
    assert text.count("<form") == 1
    assert '<button class="btn btn-secondary"' in text


def test_fields_are_ours() -> None:
    text = drawn(form=SignIn())
    assert 'class="input w-40"' in text
    assert '<div class="choice"><input type="checkbox" name="remember"' in text
    assert "（选填）" not in text.split("用户名")[1].split("</label>")[0]


def test_what_is_wrong_is_tied_to_the_input() -> None:
    form = SignIn({"login": ""})
    form.add_error(None, "用户名或密码不正确")
    text = drawn(form=form)
    assert 'aria-invalid="true"' in text
    assert 'aria-describedby="id_login-error id_login_helptext"' in text
    assert 'id="id_login-error"' in text
    assert 'id="id_login_helptext"' in text
    assert "error-summary" in text


def test_text_is_escaped_once() -> None:
    form = SignIn({"login": "<b>&"})
    assert 'value="&lt;b&gt;&amp;"' in drawn(form=form)

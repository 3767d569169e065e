"""Tags by which Django templates (allauth's few pages) wear the same shell and fields as ours.

``{% shell %}title{% shellbody %}content{% endshell %}`` draws the Jinja2 portal shell around the content and
``{% widget field %}`` a form field's input with our classes. Nothing else of the design system is offered to Django
templates.
"""

from __future__ import annotations

from typing import Any

from django.forms import BoundField
from django.template import Context, Library
from django.template.base import Node, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe
from markupsafe import Markup

from hrss.channels.ui.current import drawing, signed
from hrss.channels.ui.render import environment

register = Library()

TICKED = {"checkbox", "radio", "radioselect", "checkboxselectmultiple"}


class ShellNode(Node):
    """The shell around a Django-rendered title and body."""

    child_nodelists = ("title", "body")

    def __init__(self, title: NodeList, body: NodeList) -> None:
        self.title = title
        self.body = body

    def render(self, context: Context) -> SafeString:
        """Draw the page."""
        title = str(self.title.render(context)).strip()
        body = Markup(self.body.render(context))  # noqa: S704 - Django's engine has escaped it already
        request = context.get("request")
        with drawing(request):
            page = environment().get_template("ui/django_page.html")
            text = signed(page.render(request=request, actor=getattr(request, "actor", None), title=title, body=body))
        return mark_safe(text)  # noqa: S308 - a whole page of our own environment, which escapes


@register.tag
def shell(parser: Parser, token: Token) -> ShellNode:
    """Parse ``{% shell %}…{% shellbody %}…{% endshell %}``."""
    title = parser.parse(("shellbody",))
    parser.delete_first_token()
    body = parser.parse(("endshell",))
    parser.delete_first_token()
    return ShellNode(title, body)


@register.filter
def is_ticked(field: BoundField) -> bool:
    """Tell whether a field is a box to tick rather than a line to fill."""
    return field.widget_type in TICKED


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """Draw the input of a form field with our class and tied to its error."""
    attributes: dict[str, Any] = {} if is_ticked(field) else {"class": "input w-40"}
    if field.errors:
        helped = f" {field.auto_id}_helptext" if field.help_text else ""
        attributes |= {"aria-invalid": "true", "aria-describedby": f"{field.auto_id}-error{helped}"}
    return field.as_widget(attrs=attributes)

/* Parts of a page that ask again by themselves (hx-swap="in-place"): only what changed is changed, where it stands. Who
   has the focus on a button, or follows the lines with a screen reader, is not thrown out by an answer. Another person's
   part (data-whose) is put in whole. */
(function () {
  "use strict";

  function list(live) { return Array.prototype.slice.call(live); }

  function alike(old, fresh) {
    return old.nodeType === 1 && fresh.nodeType === 1 && old.nodeName === fresh.nodeName && old.id === fresh.id;
  }

  function takeAttributes(old, fresh) {
    list(old.attributes).forEach(function (one) { if (!fresh.hasAttribute(one.name)) { old.removeAttribute(one.name); } });
    list(fresh.attributes).forEach(function (one) { if (old.getAttribute(one.name) !== one.value) { old.setAttribute(one.name, one.value); } });
  }

  function change(old, fresh) {
    if (old.isEqualNode(fresh)) { return; }
    if (!alike(old, fresh)) { old.replaceWith(fresh); return; }
    takeAttributes(old, fresh);
    var before = list(old.childNodes);
    var after = list(fresh.childNodes);
    after.forEach(function (child, at) { if (before[at]) { change(before[at], child); } else { old.appendChild(child); } });
    before.slice(after.length).forEach(function (child) { child.remove(); });
  }

  /* HTMX puts the focus on the same id again; what had it here was another person's. */
  function putIn(old, fresh) {
    takeAttributes(old, fresh);
    if (old !== document.activeElement && old.contains(document.activeElement)) { document.activeElement.removeAttribute("id"); }
    old.replaceChildren.apply(old, list(fresh.childNodes));
    window.scrollTo(0, 0);
  }

  /* An answer without this part (signed out meanwhile): nothing of anybody stays, and it goes on asking. */
  function emptied(part) {
    var empty = part.cloneNode(false);
    ["data-whose", "hx-vals"].forEach(function (name) { empty.removeAttribute(name); });
    return empty;
  }

  function swap(style, part, answer) {
    if (style !== "in-place") { return false; }
    var fresh = answer.firstElementChild || emptied(part);
    var hadFocus = part.contains(document.activeElement);
    (part.getAttribute("data-whose") === fresh.getAttribute("data-whose") ? change : putIn)(part, fresh);
    if (hadFocus && !part.contains(document.activeElement)) { document.getElementById("main").focus(); }
    return [part];
  }

  document.addEventListener("DOMContentLoaded", function () { window.htmx.defineExtension("in-place", { handleSwap: swap }); });
})();

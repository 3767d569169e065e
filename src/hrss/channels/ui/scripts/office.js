/* Keys and habits of the back office and the window: j and k move through a list, x ticks, a and c ask for a preview;
   at the window nothing typed is offered again, and a page taken out of the back-button store is fetched anew. */
(function () {
  "use strict";

  function each(selector, act) { Array.prototype.forEach.call(document.querySelectorAll(selector), act); }

  function keysOn() {
    try { return window.localStorage.getItem("hrss.keys") !== "off"; } catch (error) { return true; }
  }

  function isTyping(target) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(radio|checkbox|submit|button)$/.test(target.type) || target.isContentEditable;
  }

  function rows() { return Array.prototype.slice.call(document.querySelectorAll("tr[data-row], tbody tr")).filter(function (row) { return row.querySelector("a"); }); }

  function current() { return document.activeElement && document.activeElement.closest ? document.activeElement.closest("tbody tr") : null; }

  function move(step) {
    var all = rows();
    if (!all.length) { return; }
    var at = all.indexOf(current());
    var next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))];
    next.querySelector("a").focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function tick(row, on) {
    var box = row && row.querySelector("input[type=checkbox]");
    if (!box) { return; }
    box.checked = on === undefined ? !box.checked : on;
    mark(box);
  }

  function mark(box) {
    var row = box.closest("tr");
    if (row) { row.setAttribute("aria-selected", box.checked ? "true" : "false"); }
  }

  function preview(verb) {
    var button = document.querySelector("[data-bulk='" + verb + "']");
    if (!button) { return; }
    if (!document.querySelector("input[name=row]:checked")) { tick(current(), true); }
    button.click();
  }

  function pressed(event) {
    if (event.key === "Escape" && !event.isComposing && isTyping(event.target) && !document.querySelector("dialog[open]")) { event.target.blur(); return; }
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) { return; }
    if (!keysOn() || !document.getElementById("shortcuts") || document.querySelector("dialog[open]")) { return; }
    var act = { j: function () { move(1); }, k: function () { move(-1); }, x: function () { tick(current()); }, a: function () { preview("accept"); }, c: function () { preview("claim"); } }[event.key];
    if (!act || !document.querySelector("tbody tr a")) { return; }
    event.preventDefault();
    act();
  }

  function changed(event) {
    if (event.target.name === "row") { mark(event.target); }
    if (event.target.getAttribute("data-select-all") === "row") { each("input[name=row]", mark); }
  }

  document.addEventListener("keydown", pressed);
  document.addEventListener("change", changed);
  if (document.body.classList.contains("counter")) {
    each("input", function (input) { input.autocomplete = "off"; });
  }
  if (/\b(counter|workbench)\b/.test(document.body.className)) {
    window.addEventListener("pageshow", function (event) { if (event.persisted) { window.location.reload(); } });
  }
  if (document.querySelector("[data-forget-all]")) {
    try {
      Object.keys(window.localStorage).forEach(function (name) { if (name.indexOf("hrss.draft.") === 0) { window.localStorage.removeItem(name); } });
      window.sessionStorage.clear();
    } catch (error) { /* no storage, nothing kept */ }
  }
})();

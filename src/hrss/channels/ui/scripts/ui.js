/* Behaviour of the design system. Everything works without it; it reads data-… attributes and never evaluates text.
   Parts: fonts, conditional fields, double submit, drafts, files, dialogs and menus, keys, small helpers, HTMX. */
(function () {
  "use strict";

  var DAY = 24 * 60 * 60 * 1000;
  var DRAFT = "hrss.draft.";
  var DRAFT_DAYS = 7;
  var script = document.currentScript;

  function each(root, selector, act) {
    if (root.matches && root.matches(selector)) { act(root); }
    Array.prototype.forEach.call(root.querySelectorAll(selector), act);
  }

  function made(tag, className, text) {
    var element = document.createElement(tag);
    if (className) { element.className = className; }
    if (text) { element.textContent = text; }
    return element;
  }

  function say(text, kind) {
    var toasts = document.getElementById("toasts");
    if (!toasts) { return; }
    var toast = made("div", "toast toast-" + (kind || "info"));
    toast.appendChild(made("p", "", text));
    var close = made("button", "toast-close", "×");
    close.type = "button";
    close.setAttribute("data-close", "");
    close.setAttribute("aria-label", "关闭这条提示");
    toast.appendChild(close);
    toasts.appendChild(toast);
  }

  /* Fonts: the web font is fetched only where the machine cannot draw Chinese: there two characters look the same, or are no em wide. */
  function pixels(context, text) {
    context.clearRect(0, 0, 40, 40);
    context.fillText(text, 2, 32);
    return context.getImageData(0, 0, 40, 40).data.join();
  }

  function drawsChinese() {
    var canvas = made("canvas");
    canvas.width = canvas.height = 40;
    var context = canvas.getContext("2d", { willReadFrequently: true });
    if (!context) { return true; }
    context.font = "32px sans-serif";
    return Math.abs(context.measureText("永").width - 32) < 1 && pixels(context, "永") !== pixels(context, "国");
  }

  function loadFont() {
    var href = script && script.getAttribute("data-fonts");
    if (!href || drawsChinese()) { return; }
    var link = made("link");
    link.rel = "stylesheet";
    link.href = href;
    document.head.appendChild(link);
  }

  /* Conditional fields: hidden and switched off until their question has one of the answers. */
  function answers(form, name) {
    return Array.prototype.filter.call(form.elements, function (input) {
      return input.name === name && (!/^(radio|checkbox)$/.test(input.type) || input.checked);
    }).map(function (input) { return input.value; });
  }

  function asks(form, name) {
    return Array.prototype.some.call(form.elements, function (input) { return input.name === name; });
  }

  function showConditional(form) {
    each(form, "[data-show-if]", function (field) {
      if (!asks(form, field.getAttribute("data-show-if"))) { return; }
      var wanted = JSON.parse(field.getAttribute("data-show-in"));
      var shown = answers(form, field.getAttribute("data-show-if")).some(function (answer) { return wanted.indexOf(answer) >= 0; });
      field.hidden = !shown;
      each(field, "input, select, textarea", function (input) { input.disabled = !shown; });
    });
  }

  /* Double submit: the first click counts; the idempotency key (_key) is the real guard. */
  function guard(event) {
    var form = event.target;
    if (!form.hasAttribute("data-guard") || form.hasAttribute("hx-post") || event.defaultPrevented) { return; }
    if (form.hasAttribute("data-sent")) { event.preventDefault(); return; }
    form.setAttribute("data-sent", "");
    each(form, "button[type=submit]", function (button) { button.setAttribute("aria-disabled", "true"); });
  }

  function unguard() {
    each(document, "form[data-sent]", function (form) {
      form.removeAttribute("data-sent");
      each(form, "[aria-disabled]", function (button) { button.removeAttribute("aria-disabled"); });
    });
  }

  /* Drafts: what is typed stays in this browser, with the idempotency key, until the receipt comes. Never files or passwords. */
  function store(act) {
    try { return act(window.localStorage); } catch (error) { return null; }
  }

  function kept(input) {
    return input.name && input.name !== "csrfmiddlewaretoken" && input.name !== "_key" && !/^(file|password|submit|button)$/.test(input.type);
  }

  function valuesOf(form) {
    return Array.prototype.filter.call(form.elements, kept).map(function (input) {
      return [input.name, input.value, /^(radio|checkbox)$/.test(input.type) ? input.checked : null];
    });
  }

  function keepDraft(form) {
    var values = valuesOf(form);
    var key = form.elements._key;
    store(function (box) {
      box.setItem(DRAFT + form.getAttribute("data-draft"), JSON.stringify({ at: Date.now(), key: key ? key.value : "", path: location.pathname, values: values }));
    });
  }

  function readDraft(name) {
    return store(function (box) {
      var draft = JSON.parse(box.getItem(DRAFT + name) || "null");
      if (draft && Date.now() - draft.at > DRAFT_DAYS * DAY) { box.removeItem(DRAFT + name); return null; }
      return draft;
    });
  }

  function fill(form, draft) {
    draft.values.forEach(function (row) {
      Array.prototype.forEach.call(form.elements, function (input) {
        if (input.name !== row[0] || !kept(input)) { return; }
        if (row[2] === null) { input.value = row[1]; } else if (input.value === row[1]) { input.checked = row[2]; }
      });
    });
    showConditional(form);
  }

  function offerDraft(form) {
    var draft = readDraft(form.getAttribute("data-draft"));
    if (!draft || draft.path !== location.pathname) { return; }
    if (form.elements._key && draft.key) { form.elements._key.value = draft.key; }
    if (form.querySelector(".field-wrong") || JSON.stringify(draft.values) === JSON.stringify(valuesOf(form))) { return; }
    var notice = made("div", "notice notice-info");
    var body = made("div");
    body.appendChild(made("p", "", "这台设备上有一份没有提交的内容。"));
    [["接着填", function () { fill(form, draft); }], ["不要了", function () { forget(form.getAttribute("data-draft")); }]].forEach(function (choice) {
      var button = made("button", "btn-link", choice[0]);
      button.type = "button";
      button.addEventListener("click", function () { choice[1](); notice.remove(); });
      body.appendChild(button);
    });
    notice.appendChild(body);
    form.insertBefore(notice, form.firstChild);
  }

  function forget(name) {
    store(function (box) { box.removeItem(DRAFT + name); });
  }

  function forgetAll() {
    store(function (box) {
      Object.keys(box).forEach(function (name) { if (name.indexOf(DRAFT) === 0) { box.removeItem(name); } });
    });
  }

  function holdWhenOffline(event) {
    var form = event.target;
    if (!form.hasAttribute("data-draft")) { return; }
    keepDraft(form);
    if (navigator.onLine) { return; }
    event.preventDefault();
    say("现在没有网络。内容已存在这台设备上，恢复网络后再按一次提交，不会重复。", "error");
  }

  /* Files: name, size and picture of what was chosen, and a second button that opens the camera on a phone. */
  function preview(box) {
    var old = box.querySelector(".file-preview");
    if (old) { old.remove(); }
    var list = made("ul", "file-preview");
    each(box, "input[type=file]", function (input) {
      Array.prototype.forEach.call(input.files, function (file) {
        var item = made("li");
        if (/^image\//.test(file.type)) {
          var image = made("img");
          image.alt = "选中的照片：" + file.name;
          image.src = URL.createObjectURL(file);
          image.addEventListener("load", function () { URL.revokeObjectURL(image.src); });
          item.appendChild(image);
        }
        item.appendChild(made("span", "hint", file.name + "（" + Math.max(1, Math.round(file.size / 1024)) + " KB）"));
        list.appendChild(item);
      });
    });
    if (list.children.length) { box.appendChild(list); }
  }

  function addCamera(input) {
    if (!window.matchMedia("(pointer: coarse)").matches) { return; }
    var button = made("button", "btn btn-secondary", "拍照");
    button.type = "button";
    button.addEventListener("click", function () {
      input.setAttribute("capture", "environment");
      input.click();
      input.removeAttribute("capture");
    });
    input.closest("[data-file]").appendChild(button);
  }

  function countLimit(area) {
    var limit = Number(area.getAttribute("data-limit"));
    var note = made("p", "limit");
    function update() {
      var left = limit - area.value.length;
      note.textContent = left >= 0 ? "还可以写 " + left + " 个字" : "多了 " + -left + " 个字";
    }
    area.parentNode.insertBefore(note, area.nextSibling);
    area.addEventListener("input", update);
    update();
  }

  /* Dialogs and menus. */
  function openDialog(event, opener) {
    var dialog = document.getElementById(opener.getAttribute("data-dialog"));
    if (!dialog || !dialog.showModal) { return; }
    event.preventDefault();
    dialog.showModal();
  }

  function closeMenus(except) {
    each(document, "details[data-menu][open]", function (menu) { if (!menu.contains(except)) { menu.open = false; } });
  }

  /* Keys: declared by ui.shortcuts; single letters only outside inputs; can be switched off (WCAG 2.1.4). */
  function keysOn() {
    return store(function (box) { return box.getItem("hrss.keys") !== "off"; }) !== false;
  }

  function isTyping(target) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(radio|checkbox|submit|button)$/.test(target.type) || target.isContentEditable;
  }

  function pressed(event) {
    if (event.key === "Escape") { closeMenus(null); }
    if (event.isComposing || event.ctrlKey || event.metaKey) { return; }
    var key = (event.altKey ? "Alt+" : "") + (event.key.length === 1 ? event.key.toUpperCase() : event.key);
    if (isTyping(event.target) && event.key.length === 1 && !event.altKey) { return; }
    if (key === "?" && document.getElementById("shortcuts")) { event.preventDefault(); document.getElementById("shortcuts").showModal(); return; }
    if (!keysOn() || document.querySelector("dialog[open]")) { return; }
    each(document, "[data-shortcut]", function (row) {
      if (row.getAttribute("data-shortcut").toUpperCase() !== key.toUpperCase()) { return; }
      var target = document.querySelector(row.getAttribute("data-selector"));
      if (!target) { return; }
      event.preventDefault();
      if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) { target.focus(); if (target.select) { target.select(); } } else { target.click(); }
    });
    moveInTable(event);
  }

  function moveInTable(event) {
    var row = event.target.closest && event.target.closest("tr[data-row]");
    if (!row || !/^(ArrowDown|ArrowUp)$/.test(event.key)) { return; }
    var next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
    var stop = next && next.querySelector("a, input");
    if (stop) { event.preventDefault(); stop.focus(); }
  }

  function clicked(event) {
    var target = event.target;
    if (!target.closest) { return; }
    closeMenus(target);
    var opener = target.closest("[data-dialog]");
    if (opener) { openDialog(event, opener); }
    var close = target.closest("[data-close]");
    if (close) { close.parentNode.remove(); }
    if (target.closest("[data-back]")) { history.back(); }
    if (target.closest("[data-print]")) { window.print(); }
    if (target.closest("[data-drafts-clear]")) { forgetAll(); }
    var elder = target.closest("[data-elder-switch]");
    if (elder) { switchElder(event, elder.getAttribute("data-elder-switch") === "on"); }
  }

  function switchElder(event, on) {
    event.preventDefault();
    document.cookie = "elder=" + (on ? "1" : "0") + "; path=/; max-age=31536000; samesite=lax" + (location.protocol === "https:" ? "; secure" : "");
    location.reload();
  }

  function changed(event) {
    var target = event.target;
    if (target.form) { showConditional(target.form); }
    if (target.form && target.form.hasAttribute("data-autosubmit")) { target.form.requestSubmit(); }
    if (target.form && target.form.hasAttribute("data-draft")) { keepDraft(target.form); }
    var box = target.closest("[data-file]");
    if (box) { preview(box); }
    if (target.hasAttribute("data-select-all")) {
      each(document, "input[name='" + target.getAttribute("data-select-all") + "']", function (input) { input.checked = target.checked; });
    }
    if (target.hasAttribute("data-shortcuts-switch")) { store(function (box) { box.setItem("hrss.keys", target.checked ? "on" : "off"); }); }
  }

  function typed(event) {
    var form = event.target.form;
    if (form && form.hasAttribute("data-draft")) { keepDraft(form); }
  }

  function start(root) {
    each(root, "form", showConditional);
    each(root, "form[data-draft]", offerDraft);
    each(root, "[data-draft-done]", function (receipt) { forget(receipt.getAttribute("data-draft-done")); });
    each(root, "textarea[data-limit]", countLimit);
    each(root, "[data-camera]", addCamera);
    each(root, "[data-shortcuts-switch]", function (box) { box.checked = keysOn(); });
    var first = root.querySelector("[data-focus]");
    if (first) { first.focus(); }
  }

  loadFont();
  start(document);
  document.addEventListener("click", clicked);
  document.addEventListener("change", changed);
  document.addEventListener("input", typed);
  document.addEventListener("keydown", pressed);
  document.addEventListener("submit", holdWhenOffline);
  document.addEventListener("submit", guard);
  window.addEventListener("pageshow", unguard);
  document.addEventListener("htmx:load", function (event) { if (event.target !== document.body) { start(event.target); } });
  document.addEventListener("htmx:configRequest", function (event) {
    var token = document.querySelector("[name=csrfmiddlewaretoken]");
    if (token && event.detail.verb !== "get") { event.detail.headers["X-CSRFToken"] = token.value; }
  });
  document.addEventListener("htmx:sendError", function () { say("没有连上服务器。请看一下网络，再试一次。", "error"); });
})();

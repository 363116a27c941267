"use strict";
(function () {
  // The data island holds texts once, and findings as numbers that name them. Texts enter the page as text only, never as markup.
  var data = JSON.parse(document.getElementById("data").textContent);
  var T = data.texts, W = data.words, all = data.findings, STEP = 100, PRINTED = 2000;
  var SEVERITY = 0, CODE = 1, FILE = 2, SHEET = 3, CELL = 4, HEADER = 5, SLOT = 6, VALUE = 7, EXPECTED = 8, FIX = 9, COUNT = 10, ROWS = 11, ALSO = 12, TERMS = 13;
  var rank = {error: 0, warning: 1, info: 2};
  var by = function (id) { return document.getElementById(id); };
  var list = by("list"), page = 0, shown = all, lower = null;

  function text(i) { return i < 0 ? "" : T[i]; }
  function make(name, content, cls) {
    var e = document.createElement(name);
    if (cls) { e.className = cls; }
    if (content !== undefined) { e.textContent = content; }
    return e;
  }
  function place(f) { return [text(f[FILE]), text(f[SHEET])].filter(Boolean).join(" / "); }
  function title(f) { return data.codes[text(f[CODE])] || text(f[CODE]); }
  function options(select, values) {
    values.forEach(function (pair) {
      var o = make("option", pair[1]);
      o.value = pair[0];
      select.appendChild(o);
    });
  }
  function counted(key, label) {
    var seen = new Map();
    all.forEach(function (f) { var k = key(f); seen.set(k, (seen.get(k) || 0) + 1); });
    return Array.from(seen.entries()).map(function (p) { return [p[0], label(p[0]) + " (" + p[1].toLocaleString() + ")"]; });
  }
  function entry(terms, word, content, raw) {
    if (!content) { return; }
    terms.appendChild(make("dt", word));
    var d = make("dd");
    d.appendChild(raw ? make("span", content, "raw") : document.createTextNode(content));
    terms.appendChild(d);
  }
  function card(f) {
    var severity = text(f[SEVERITY]), box = make("article", undefined, severity), head = make("h3"), terms = make("dl");
    head.appendChild(make("span", W[severity], "badge " + severity));
    head.appendChild(document.createTextNode(" " + title(f) + " "));
    head.appendChild(make("code", text(f[CODE])));
    box.appendChild(head);
    entry(terms, W.where, [text(f[FILE]), text(f[CELL])].filter(Boolean).join(", "));
    entry(terms, W.column, text(f[HEADER]) + (f[SLOT] < 0 ? "" : "  → " + text(f[SLOT])));
    if (f[VALUE] >= 0) { entry(terms, W.found, text(f[VALUE]) || "\u2423", true); }
    entry(terms, W.expected, text(f[EXPECTED]));
    entry(terms, W.fix, text(f[FIX]));
    if (f[COUNT] > 1) { entry(terms, W.cells, f[COUNT].toLocaleString() + (f[ROWS] < 0 ? "" : " (" + W.rows + " " + text(f[ROWS]) + ")")); }
    entry(terms, W.also, text(f[ALSO]));
    if (f[TERMS].length) {
      terms.appendChild(make("dt", W.suggestions));
      var d = make("dd"), ol = make("ol");
      f[TERMS].forEach(function (s) {
        var li = make("li");
        li.appendChild(make("code", text(s[0])));
        li.appendChild(document.createTextNode(" " + text(s[1]) + (s[2] === null ? "" : " (" + s[2].toFixed(2) + ")")));
        ol.appendChild(li);
      });
      d.appendChild(ol);
      terms.appendChild(d);
    }
    box.appendChild(terms);
    return box;
  }
  var groups = {
    place: place,
    severity: function (f) { return W[text(f[SEVERITY])]; },
    kind: function (f) { return title(f); },
    column: function (f) { return [place(f), text(f[HEADER])].filter(Boolean).join(" / "); },
    count: function () { return ""; }
  };
  function draw(from, to) {
    var pieces = document.createDocumentFragment(), order = by("order").value, last = null;
    shown.slice(from, to).forEach(function (f) {
      var group = groups[order](f);
      if (group && group !== last) { pieces.appendChild(make("h3", group, "group")); last = group; }
      pieces.appendChild(card(f));
    });
    list.replaceChildren(pieces);
  }
  function turn() {
    var pages = Math.max(1, Math.ceil(shown.length / STEP));
    page = Math.min(Math.max(page, 0), pages - 1);
    draw(page * STEP, (page + 1) * STEP);
    by("page").textContent = (page + 1).toLocaleString() + " / " + pages.toLocaleString();
    by("back").disabled = page === 0;
    by("next").disabled = page >= pages - 1;
    by("pages").hidden = pages < 2;
  }
  function words() {
    if (!lower) {
      lower = new Map();
      all.forEach(function (f) {
        var parts = [CODE, FILE, CELL, HEADER, SLOT, VALUE, EXPECTED, FIX].map(function (k) { return text(f[k]); });
        lower.set(f, (title(f) + "\n" + parts.join("\n")).toLowerCase());
      });
    }
    return lower;
  }
  function compare(order) {
    var column = function (f) { return place(f) + "\u0000" + text(f[HEADER]); };
    var keys = {severity: function (f) { return rank[text(f[SEVERITY])]; }, kind: function (f) { return text(f[CODE]); }, column: column, count: function (f) { return -f[COUNT]; }};
    var key = keys[order];
    return function (a, b) { var x = key(a), y = key(b); return x < y ? -1 : x > y ? 1 : a[14] - b[14]; };
  }
  function apply() {
    var severity = by("severity").value, kind = by("kind").value, where = by("place").value, order = by("order").value;
    var sought = by("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    var known = sought.length ? words() : null;
    shown = all.filter(function (f) {
      if (severity && text(f[SEVERITY]) !== severity) { return false; }
      if (kind && text(f[CODE]) !== kind) { return false; }
      if (where && place(f) !== where) { return false; }
      return !known || sought.every(function (w) { return known.get(f).indexOf(w) >= 0; });
    });
    if (order !== "place") { shown.sort(compare(order)); }
    by("count").textContent = W.shown.replace("{n}", shown.length.toLocaleString()).replace("{of}", all.length.toLocaleString());
    page = 0;
    turn();
  }
  all.forEach(function (f, i) { f[14] = i; });
  options(by("severity"), counted(function (f) { return text(f[SEVERITY]); }, function (k) { return W[k]; }));
  options(by("kind"), counted(function (f) { return text(f[CODE]); }, function (k) { return data.codes[k] || k; }));
  options(by("place"), counted(place, function (k) { return k; }));
  ["severity", "kind", "place", "order"].forEach(function (id) { by(id).addEventListener("change", apply); });
  var waiting = 0;
  by("search").addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(apply, 150); });
  by("tools").addEventListener("submit", function (e) { e.preventDefault(); });
  by("back").addEventListener("click", function () { page -= 1; turn(); by("findings").scrollIntoView(); });
  by("next").addEventListener("click", function () { page += 1; turn(); by("findings").scrollIntoView(); });
  document.querySelectorAll("[data-kind]").forEach(function (link) {
    link.addEventListener("click", function () { by("kind").value = link.dataset.kind; apply(); });
  });
  // On paper stand the findings that are chosen, not a page of them.
  window.addEventListener("beforeprint", function () { draw(0, PRINTED); document.querySelectorAll("details").forEach(function (d) { d.open = true; }); });
  window.addEventListener("afterprint", turn);
  if (all.length) { by("tools").hidden = false; apply(); }
})();

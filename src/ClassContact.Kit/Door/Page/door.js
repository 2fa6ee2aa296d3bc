(() => {
  "use strict";
  // Runs in a world of the agent's own, at the standby page (the chord) and at the door's page (which has no script of its own). The agent gives the view; what is
  // pressed goes back by a binding that exists in this world alone. Texts come in as text and go out as text: textContent only.
  if (globalThis.classcontactDoor) return;
  const hold = 3_000; // ms that the chord is held: nobody rests a hand on three keys for so long
  const silence = 30_000; // ms without show(): the agent repeats itself at least every 10 s, so this one is dead, and a door without it stays closed
  const touches = 5_000; // ms between two words that somebody is there
  const $ = (selector) => document.querySelector(selector);
  const say = (action, values = {}) => globalThis.classcontactSay(JSON.stringify({ action, values }));

  let chord = [];
  const down = new Set();
  let holding = 0;
  const letGo = () => { clearTimeout(holding); holding = 0; };
  const listens = () => chord.length > 0 && location.pathname.endsWith("/standby.html");
  addEventListener("keydown", (e) => {
    // Not by `repeat`: Chromium takes a second key of the same meaning for the first one repeated, and on a kit Ctrl and Alt mean the same, nothing (xkb).
    if (!listens() || !e.isTrusted || down.has(e.code)) return;
    down.add(e.code);
    letGo();
    if (down.size === chord.length && chord.every((key) => down.has(key))) {
      e.preventDefault();
      holding = setTimeout(() => { down.clear(); say("knock"); }, hold);
    }
  }, true);
  addEventListener("keyup", (e) => { down.delete(e.code); letGo(); }, true);
  addEventListener("blur", () => { down.clear(); letGo(); });

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  }

  let last = "";
  let tab = "";
  let touched = -touches;
  let silenceTimer = 0;
  const kept = new Map(); // what was typed, field by field, while a section is drawn anew

  const row = ({ label, value, mood }) => [make("dt", {}, label), make("dd", { "data-mood": mood }, value)];
  const rows = (list) => make("dl", { class: "rows" }, ...list.flatMap(row));
  const told = (result) => result
    ? [make("div", { class: "said", role: "status", "data-mood": result.mood }, result.text, ...(result.rows?.length ? [rows(result.rows)] : []))] : [];

  function input(section, { id, kind, value, choices }) {
    const name = `${section}.${id}`;
    const now = kept.get(name) ?? value;
    let element;
    if (kind === "choice") {
      element = make("select", {}, ...choices.map((c) => make("option", { value: c.value, selected: c.value === now }, c.label)));
    } else {
      element = make("input", kind === "percent" ? { type: "range", min: 0, max: 100, step: 5 } : { type: "text", autocomplete: "off", spellcheck: "false", class: kind, maxlength: 250 });
      element.value = now;
    }
    element.dataset.field = name;
    element.addEventListener("input", () => kept.set(name, element.value));
    return element;
  }

  function field(section, about) {
    const element = input(section, about);
    if (about.kind !== "percent") return make("label", {}, about.label, element);
    const number = make("output", {}, element.value);
    element.addEventListener("input", () => { number.textContent = element.value; });
    return make("label", {}, about.label, number, element);
  }

  function press(section, action) {
    const values = {};
    for (const element of document.querySelectorAll(`[data-field^="${section}."]`)) {
      values[element.dataset.field.slice(section.length + 1)] = element.value;
      if (element.classList.contains("secret")) { kept.delete(element.dataset.field); element.value = ""; }
    }
    say(action, values);
  }

  function part({ id, title, sentence, rows: known, fields, buttons, said, isBusy }) {
    const form = make("form", { class: "fields" }, ...fields.map((f) => field(id, f)));
    form.addEventListener("submit", (e) => e.preventDefault());
    const does = buttons.flatMap((b) => {
      // Not "disabled", which would take the keyboard's place away from it.
      const button = make("button", { type: "button", "aria-disabled": isBusy ? "true" : undefined, "data-action": b.action }, b.label);
      if (!isBusy) button.addEventListener("click", () => press(id, b.action));
      return [button, make("span", {}, b.does)];
    });
    return make("section", { id: `part-${id}`, hidden: id !== tab }, make("h2", {}, title), ...(sentence ? [make("p", {}, sentence)] : []),
      ...(known.length ? [rows(known)] : []), ...(fields.length ? [form] : []), make("div", { class: "buttons" }, ...does), ...told(said));
  }

  function choose(id) {
    tab = id;
    for (const section of document.querySelectorAll("section")) section.hidden = section.id !== `part-${id}`;
    for (const button of document.querySelectorAll("nav button")) button.setAttribute("aria-selected", String(button.dataset.tab === id));
  }

  function open(view) {
    if (!view.sections.some((s) => s.id === tab)) tab = view.sections[0]?.id ?? "";
    const tabs = view.sections.map((s) => {
      const button = make("button", { type: "button", "data-tab": s.id, "aria-selected": String(s.id === tab) }, s.title);
      button.addEventListener("click", () => choose(s.id));
      return button;
    });
    return [make("nav", {}, ...tabs), ...view.sections.map(part)];
  }

  function ask({ headline, sentence, number, field: label, button, said }) {
    const parts = [make("h2", {}, headline), make("p", {}, sentence), make("p", { class: "number" }, number)];
    if (label !== undefined) {
      const code = make("input", { id: "code", type: "text", inputmode: "numeric", autocomplete: "off", maxlength: 12, "data-field": "ask.code" });
      // The digits' row gives digits whatever the layout: on a Belgian keyboard it wants Shift. All else, the chord's last letter too, is no code.
      code.addEventListener("keydown", (e) => {
        if (e.ctrlKey || e.altKey || e.metaKey || !/^Digit\d$/.test(e.code)) return;
        e.preventDefault();
        code.setRangeText(e.code.slice(-1), code.selectionStart, code.selectionEnd, "end");
      });
      code.addEventListener("input", () => { code.value = code.value.replace(/[^0-9 ]/g, ""); });
      const form = make("form", {}, make("label", { for: "code" }, label), code, make("button", { type: "submit" }, button));
      form.addEventListener("submit", (e) => { e.preventDefault(); if (code.value.trim()) say("code", { code: code.value.trim() }); code.value = ""; });
      parts.push(form);
    }
    return [...parts, ...told(said)];
  }

  // Drawn anew only when something differs; what has the focus, what was typed and how far was scrolled stay, but what is said anew is seen.
  function draw(view) {
    const focus = document.activeElement?.dataset;
    const [action, name, chosen] = [focus?.action, focus?.field, focus?.tab];
    const scrolled = $("section:not([hidden])")?.scrollTop ?? 0;
    const heard = $("section:not([hidden]) .said")?.textContent;
    document.documentElement.lang = view.language;
    $("h1").textContent = view.title;
    $("#kit").replaceChildren(...view.kit.map((r) => make("div", {}, ...row(r))));
    $("#leave").textContent = view.leave;
    $("footer").textContent = view.closes;
    const main = $("main");
    main.className = view.ask ? "ask" : "open";
    main.replaceChildren(...(view.ask ? ask(view.ask) : open(view)));
    const again = action ? `[data-action="${action}"]` : name ? `[data-field="${name}"]` : chosen ? `[data-tab="${chosen}"]` : view.ask ? "#code" : "nav button";
    ($(again) ?? $('nav [aria-selected="true"]'))?.focus(); // the code's field is gone when the code was right
    const section = $("section:not([hidden])");
    if (section) section.scrollTop = scrolled;
    const said = $("section:not([hidden]) .said");
    if (said && said.textContent !== heard) said.scrollIntoView({ block: "nearest" });
  }

  function begin() {
    $("#leave").addEventListener("click", () => say("leave"));
    for (const event of ["pointerdown", "keydown"]) {
      addEventListener(event, () => {
        if (performance.now() - touched < touches) return;
        touched = performance.now();
        say("touch");
      }, true);
    }
    for (const event of ["contextmenu", "dragstart"]) addEventListener(event, (e) => e.preventDefault());
  }

  globalThis.classcontactDoor = {
    listen(keys) { chord = keys; },
    show(view) {
      clearTimeout(silenceTimer);
      silenceTimer = setTimeout(() => location.replace("standby.html"), silence);
      const text = JSON.stringify(view);
      if (text === last) return;
      if (last === "") begin();
      draw(view);
      last = text;
    },
  };
})();

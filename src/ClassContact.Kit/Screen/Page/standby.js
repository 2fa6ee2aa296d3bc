"use strict";
// Shows what the agent says; decides nothing. Texts come in as text and go out as text: textContent only.
(() => {
  const silence = 30_000; // ms without show(): the agent repeats itself at least every 10 s
  const smallest = 0.4; // of a text's own size; below that nobody reads it from the back
  const $ = (selector) => document.querySelector(selector);
  let last = null;
  let countdown = 0;
  let silenceTimer = 0;

  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...children);
    return element;
  }

  function picture(name) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `#${name}`);
    svg.setAttribute("aria-hidden", "true");
    svg.append(use);
    return svg;
  }

  // Touches only what changed, so that a repeated show() is neither seen nor read aloud again.
  function put(selector, ...children) {
    const element = $(selector);
    const next = element.cloneNode(false);
    next.append(...children);
    if (!next.isEqualNode(element)) element.replaceChildren(...next.childNodes);
  }

  const caps = (key) => make("span", "caps", ...key.caps.map((cap) => make("span", "cap", cap)));

  const trouble = ({ picture: name, what, remedy, isSmall }) =>
    make("li", isSmall ? "small" : "", picture(name), make("div", "", make("p", "what", what), make("p", "remedy", remedy)));

  const step = ({ label, state }) => make("li", state, picture(state), make("span", "", label));

  function text(sentence, seconds) {
    put(".sentence", sentence.replace("{seconds}", seconds));
  }

  function count(view) {
    clearInterval(countdown);
    if (view.seconds === undefined) return text(view.sentence, "");
    const end = performance.now() + view.seconds * 1000;
    const tell = () => text(view.sentence, Math.max(0, Math.ceil((end - performance.now()) / 1000)));
    tell();
    countdown = setInterval(tell, 200);
  }

  function key(view) {
    if (!view.key) return [];
    const shown = view.picture ? caps(view.key) : make("strong", "", view.key.caps.join(" + "));
    return [`${view.key.press} `, shown, ` ${view.key.does}`];
  }

  function fill(view) {
    document.documentElement.lang = view.language;
    document.documentElement.dataset.mood = view.mood;
    put(".school", view.school);
    put(".room", view.room);
    put(".picture", view.picture ? picture(view.picture) : view.key ? caps(view.key) : "");
    put(".promise span", view.promise);
    put("h1", view.headline);
    put(".said", ...(view.said ?? []).map((line) => make("li", line.mood, line.text)));
    put(".troubles", ...view.troubles.map(trouble));
    put(".steps", ...view.steps.map(step));
    put(".key", ...key(view));
    put(".title", view.helpdesk.title);
    put(".number", view.helpdesk.number);
    put(".now", view.helpdesk.now ?? "");
    $(".now").classList.toggle("open", view.helpdesk.isOpen === true);
    put(".hours", view.helpdesk.hours);
    count(view);
    fitAll();
  }

  // The largest size at which everything is there: long names shrink and wrap, nothing is cut off while it can be read.
  function fit(element) {
    const target = element.matches(".picture") ? element.querySelector(".caps") : element;
    if (!target) return;
    for (let size = 1; size >= smallest; size -= 0.04) {
      element.style.setProperty("--fit", size);
      if (target.scrollHeight <= element.clientHeight + 1 && target.scrollWidth <= element.clientWidth + 1) return;
    }
  }

  const fitAll = () => document.querySelectorAll(".fit, .picture").forEach(fit);

  const plain = (language, mood, about) => {
    const words = globalThis.classcontactWords[language] ?? globalThis.classcontactWords.fr;
    return {
      language, mood, picture: mood === "trouble" ? "kit" : "class", school: last?.school ?? "", room: last?.room ?? "",
      headline: words[about] ?? words[`${about}.headline`], sentence: words[`${about}.sentence`] ?? "",
      steps: [], troubles: [], promise: words.promise,
      helpdesk: { title: words["helpdesk.title"], number: words["helpdesk.number"], hours: words["helpdesk.hours"] },
    };
  };

  function listen() {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(() => fill(plain(last?.language ?? "fr", "trouble", "page.silent")), silence);
  }

  globalThis.show = (view) => {
    last = view;
    fill(view);
    listen();
  };

  addEventListener("resize", fitAll);
  document.fonts.ready.then(fitAll);
  for (const event of ["contextmenu", "selectstart", "dragstart"]) addEventListener(event, (e) => e.preventDefault());
  fill(plain("fr", "working", "page.moment"));
  listen();
})();

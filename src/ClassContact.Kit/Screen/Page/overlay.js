(() => {
  "use strict";
  // A few lines over a page that is not ours. It shares the page's DOM but none of its scripts; nothing is parsed as HTML, so that neither a
  // content security policy nor trusted types stand in the way.
  const tag = "classcontact-overlay";
  const stale = 30_000; // ms without a call: the agent repeats itself at least every 10 s
  const above = 2_000; // ms between two climbs to the top: what opens inside a page's own shadow roots is announced nowhere
  const css = `
    p[data-mood] { --back: #1f2a37; --text: #fffdf8; --dot: #8fc7f0; }
    p[data-mood="ready"] { --dot: #7fd6ac; }
    p[data-mood="attention"] { --back: #f2b84b; --text: #33270d; --dot: #33270d; }
    p[data-mood="trouble"] { --back: #9c3d22; --text: #fffdf8; --dot: #fffdf8; }
    p {
      display: flex; align-items: center; gap: 0.6em; box-sizing: border-box; width: max-content; max-width: 92vw; margin: 0 auto 0.4em; padding: 0.45em 1em;
      border-radius: 1.2em; background: var(--back); color: var(--text); box-shadow: 0 0.1em 0.6em #0005;
      font: 700 min(3.6vh, 2.1vw)/1.25 Lato, Carlito, Cantarell, "Noto Sans", "Open Sans", "DejaVu Sans", sans-serif;
      font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
    }
    p.large { font-size: min(6vh, 3.6vw); }
    p::before { content: ""; flex: none; width: 0.6em; height: 0.6em; border-radius: 50%; background: var(--dot); }`;
  // On the element itself and important: the page's own important rules cannot win against it.
  const place = {
    all: "initial", display: "block", position: "fixed", inset: "3vh auto auto 50%", transform: "translateX(-50%)", width: "max-content",
    "max-width": "92vw", "z-index": "2147483647", visibility: "visible", opacity: "1", "pointer-events": "none", "user-select": "none",
    background: "transparent", border: "none", margin: "0", padding: "0", overflow: "visible", animation: "none", transition: "none",
  };

  let host = null;
  let box = null;
  let view = null;
  let last = 0;
  let beat = 0;

  function build() {
    host = document.createElement(tag);
    for (const [name, value] of Object.entries(place)) host.style.setProperty(name, value, "important");
    host.popover = "manual";
    const root = host.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    box = document.createElement("div");
    box.setAttribute("role", "status");
    root.append(box);
  }

  // Into the top layer as its last, so above whatever entered since. Where that is refused, the z-index must do.
  function climb() {
    if (!view || !document.documentElement) return;
    if (host.parentNode !== document.documentElement) document.documentElement.append(host);
    try {
      if (host.matches(":popover-open")) host.hidePopover();
      host.showPopover();
    } catch {
      // A page may be on its way out.
    }
  }

  function tell() {
    const passed = (performance.now() - last) / 1000;
    while (box.childElementCount > view.lines.length) box.lastElementChild.remove();
    while (box.childElementCount < view.lines.length) box.append(document.createElement("p"));
    view.lines.forEach(({ mood, text, seconds, isLarge }, i) => {
      const line = box.children[i];
      line.dataset.mood = mood;
      line.classList.toggle("large", isLarge);
      const now = seconds === undefined ? text : text.replace("{seconds}", Math.max(0, Math.ceil(seconds - passed)));
      if (line.textContent !== now) line.textContent = now;
    });
  }

  let climbed = 0;
  function tick() {
    const now = performance.now();
    if (now - last > stale) return hide();
    tell();
    if (now - climbed > above) {
      climbed = now;
      climb();
    }
  }

  function hide() {
    clearInterval(beat);
    view = null;
    host?.remove();
  }

  function show(next) {
    last = performance.now();
    if (!next) return hide();
    if (!host) build();
    const appears = !view;
    view = next;
    host.lang = next.language;
    tell();
    if (appears || !host.isConnected) climb();
    clearInterval(beat);
    beat = setInterval(tick, 200);
  }

  // Whoever is told this has been replaced by a later agent's script. It is said before listening for it.
  document.dispatchEvent(new Event(`${tag}-replaced`));
  document.addEventListener(`${tag}-replaced`, retire, { once: true });
  for (const old of document.querySelectorAll(tag)) old.remove();

  const climbLater = (event) => {
    if (event.target !== host) climb();
  };
  document.addEventListener("fullscreenchange", climbLater, true);
  document.addEventListener("toggle", climbLater, true); // dialogs and popovers
  const watch = new MutationObserver((changes) => {
    if (changes.some((change) => change.target !== host && (change.type === "attributes" || [...change.removedNodes].includes(host)))) climb();
  });
  watch.observe(document, { subtree: true, childList: true, attributeFilter: ["open"] });

  function retire() {
    hide();
    watch.disconnect();
    document.removeEventListener("fullscreenchange", climbLater, true);
    document.removeEventListener("toggle", climbLater, true);
  }

  globalThis.classcontactOverlay = show;
})()

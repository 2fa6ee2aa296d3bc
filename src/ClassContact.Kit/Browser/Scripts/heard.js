// True once something listens to a click on this: a page shows a button before its script listens to it, and a click in between is lost. False when
// nothing did within `patience` ms. Runs in the page's own world, where its listeners are seen; all that a page can do here is to be clicked later or sooner.
((selector, patience, listeners) => {
  const pace = 10; // ms: a look costs some hundredths
  const unheard = 500; // ms after the document is there, for what works without a listener of its own (a link, a form, a page that listens far above)

  const isHeard = () => {
    for (let e = document.querySelector(selector); e; e = e.parentElement) if (listeners(e).click) return true;
    const there = performance.getEntriesByType("navigation")[0]?.domContentLoadedEventEnd ?? 0;
    return there > 0 && performance.now() > there + unheard;
  };

  return new Promise((done) => {
    const end = performance.now() + patience;
    const look = () => {
      const heard = isHeard();
      if (!heard && performance.now() < end) return;
      clearInterval(timer);
      done(heard);
    };
    const timer = setInterval(look, pace);
    look();
  });
})

// One step of a meeting's description, done as soon as the page allows it; false when it did not come about within `patience` ms. Runs in a world
// of its own, where the page cannot have changed the setters.
(({ waitFor, click, fill, with: text }, patience) => {
  const pace = 10; // ms: a look at one element costs some hundredths

  const attempt = () => {
    if (document.readyState === "loading") return false;
    const element = document.querySelector(waitFor ?? click ?? fill);
    if (!element?.checkVisibility()) return false;
    if (waitFor) return true;
    if (element.disabled) return false;
    if (click) {
      element.click();
      return true;
    }
    const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), "value") ?? {};
    if (!set) throw new TypeError("only a field can be filled");
    element.focus();
    set.call(element, text);
    element.dispatchEvent(new Event("input", { bubbles: true }));
    element.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  };

  return new Promise((done, failed) => {
    const end = performance.now() + patience;
    const look = () => {
      try {
        const isDone = attempt();
        if (!isDone && performance.now() < end) return;
        done(isDone);
      } catch (e) {
        failed(e);
      }
      clearInterval(timer);
    };
    const timer = setInterval(look, pace);
    look();
  });
})

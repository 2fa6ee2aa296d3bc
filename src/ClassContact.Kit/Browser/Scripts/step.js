// One step of a meeting's description; true once it is done. Runs in a world of its own, where the page cannot have changed the setters.
(({ waitFor, click, fill, with: text }) => {
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
})

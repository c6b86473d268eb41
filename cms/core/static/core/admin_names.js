// Wagtail 8.0 names neither its rich text areas nor the inputs of a list's items for who hears the form instead of seeing it:
// each gets the words that stand above it, an item its number too. Goes when Wagtail names them itself.
(() => {
  const NAMELESS = [
    ".public-DraftEditor-content:not([aria-label]):not([aria-labelledby])",
    "[data-contentpath] :is(input:not([type=hidden]), textarea, select):not([aria-label]):not([aria-labelledby])",
  ].join();
  const HEADING = ":scope > label, :scope > .w-field__label, :scope > .w-panel__header .w-panel__heading";

  const findHeading = (element) => {
    for (let above = element.parentElement; above; above = above.parentElement) {
      const heading = above.querySelector(HEADING);
      const words = heading?.textContent.replace(/[*\s]+/g, " ").trim();
      if (words) return words;
    }
    return "";
  };

  const nameFields = () => {
    for (const element of document.querySelectorAll(NAMELESS)) {
      if (element.labels?.length) continue;
      const words = findHeading(element);
      const item = /-(\d+)-value$/.exec(element.id);
      if (words) element.setAttribute("aria-label", item ? `${words} ${Number(item[1]) + 1}` : words);
    }
  };

  let isWaiting = false;
  const wait = () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      nameFields();
    });
  };
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(wait).observe(document.body, { childList: true, subtree: true });
    wait();
  });
})();

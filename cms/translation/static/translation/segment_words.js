// wagtail-localize 1.14 writes two phrases of its translation editor in English, whatever the language of the person who
// reads it; this can go once its script takes them from its catalogue.
(() => {
  const words = document.currentScript.dataset;
  // ‹Dansk to Polski translation›
  const TITLE = /^(.+) to (.+) translation$/;

  const put = (editor) => {
    for (const heading of editor.querySelectorAll("h3")) {
      const found = TITLE.exec(heading.textContent);
      if (found) heading.firstChild.data = words.title.replace("%(source)s", found[1]).replace("%(target)s", found[2]);
    }
    for (const hidden of editor.querySelectorAll(".w-sr-only")) {
      if (hidden.textContent === "More actions") hidden.firstChild.data = words.more;
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    const editor = document.querySelector(".js-translation-editor");
    if (!editor) return;
    new MutationObserver(() => put(editor)).observe(editor, { childList: true, subtree: true });
    put(editor);
  });
})();

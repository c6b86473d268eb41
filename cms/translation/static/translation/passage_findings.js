// Shows what the checks found in a translation above the passages of wagtail-localize's editor, and asks again after each
// passage that was saved or removed. The editor says nothing of what it saves, so its requests are observed.
(() => {
  const { address } = document.currentScript.dataset;
  // …/localize/translate/‹12›/strings/3/edit/
  const PASSAGE = /\/translate\/(\d+)\/strings\//;

  document.addEventListener("DOMContentLoaded", () => {
    const editor = document.querySelector(".js-translation-editor");
    const found = editor && PASSAGE.exec(editor.dataset.props);
    if (!found) return;
    const panel = document.createElement("section");
    panel.className = "nice-padding";
    panel.id = "passage-findings";
    editor.before(panel);
    const show = async () => {
      const answer = await fetch(address.replace("/0/", `/${found[1]}/`), { credentials: "same-origin" });
      // Whoever is writing a reason is not interrupted.
      if (answer.ok && !panel.contains(document.activeElement)) panel.innerHTML = await answer.text();
    };
    new PerformanceObserver((requests) => {
      if (requests.getEntries().some((request) => PASSAGE.test(request.name))) show();
    }).observe({ type: "resource" });
    show();
  });
})();

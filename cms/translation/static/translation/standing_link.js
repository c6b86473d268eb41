// Puts the way to the passages that stand as they are above a translation that has passages left.
(() => {
  const { address, label } = document.currentScript.dataset;
  // /admin/localize/translate/‹12›/strings/34/edit/
  const TRANSLATION = /\/translate\/(\d+)\//;

  document.addEventListener("DOMContentLoaded", () => {
    const editor = document.querySelector(".js-translation-editor");
    const header = document.querySelector(".header-meta--locales");
    if (!editor || !header) return;
    const { segments, initialStringTranslations } = JSON.parse(editor.dataset.props);
    const passages = segments.filter((segment) => segment.type === "string");
    const done = new Set(initialStringTranslations.map((row) => row.segment_id));
    if (passages.every((segment) => done.has(segment.id))) return;
    const link = document.createElement("a");
    link.href = address.replace("/0/", `/${TRANSLATION.exec(passages[0].editUrl)[1]}/`);
    link.textContent = label;
    link.className = "button button-small button-secondary w-ml-4";
    header.append(link);
  });
})();

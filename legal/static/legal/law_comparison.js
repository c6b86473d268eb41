/* What changed in the law, beside the text somebody writes: follows the acts and sections chosen in the form. */
(() => {
  const WAIT_MILLISECONDS = 300;

  class LawComparison {
    constructor(element) {
      this.element = element;
      this.output = element.querySelector("[data-law-comparison-output]");
      this.hint = element.querySelector("[data-law-comparison-hint]");
      this.failed = element.querySelector("[data-law-comparison-failed]");
      this.texts = new Map();
      this.shown = "";
      document.addEventListener("videnbro:law-sources", () => this.schedule());
      this.output.addEventListener("change", (event) => this.changeText(event.target));
      // A block that is deleted or moved tells nobody; the part of the form that holds the blocks shows it.
      const sources = document.querySelector('[data-contentpath="sources"]');
      if (sources) {
        new MutationObserver(() => this.schedule()).observe(sources, { childList: true, subtree: true, attributes: true });
      }
      this.schedule();
    }

    schedule() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.refresh(), WAIT_MILLISECONDS);
    }

    /** The sources as they stand in the form: [{eli_uri, sections}]. */
    collect() {
      return [...document.querySelectorAll("[data-law-source]")]
        .filter((block) => document.getElementsByName(block.dataset.lawDeleted)[0]?.value !== "1")
        .map((block) => JSON.parse(block.dataset.lawSource))
        .filter((source) => source.eli_uri);
    }

    /** The lists of texts have no names: what stands beside the form is no part of it. */
    changeText(select) {
      if (!select.matches("[data-law-text]")) return;
      const holder = select.closest("[data-law-uri]");
      const chosen = Object.fromEntries([...holder.querySelectorAll("[data-law-text]")].map((entry) => [entry.dataset.lawText, entry.value]));
      this.texts.set(holder.dataset.lawUri, chosen);
      this.refresh(select.dataset.lawText);
    }

    async refresh(focused = "") {
      const sources = this.collect();
      const wanted = JSON.stringify([sources, [...this.texts]]);
      if (wanted === this.shown) return;
      this.shown = wanted;
      this.hint.hidden = sources.length > 0;
      try {
        const parts = await Promise.all(sources.map((source) => this.load(source)));
        if (wanted !== this.shown) return;
        this.failed.hidden = true;
        this.output.replaceChildren(...parts);
        if (focused) this.output.querySelector(`[data-law-text="${focused}"]`)?.focus();
      } catch {
        this.shown = "";
        this.failed.hidden = false;
      }
    }

    async load(source) {
      const values = new URLSearchParams({ eli_uri: source.eli_uri, ...this.texts.get(source.eli_uri) });
      for (const section of source.sections) values.append("section", section);
      const response = await fetch(`${this.element.dataset.url}?${values}`, { credentials: "same-origin" });
      if (!response.ok) throw new Error(String(response.status));
      const holder = document.createElement("div");
      holder.dataset.lawUri = source.eli_uri;
      // From our own server, where the template has escaped the law's text.
      holder.innerHTML = await response.text();
      return holder;
    }
  }

  function start() {
    document.querySelectorAll("[data-law-comparison]").forEach((element) => new LawComparison(element));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();

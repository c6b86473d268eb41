/* <readability-meter>: shows under a rich text field how readable its text is, while it is written.
   Wagtail's editor (8.0) keeps the text as Draft.js content state in its hidden input, without saying when it changes: what is
   watched is the editor's own document, and the input is read once it has rested longer than the editor's interval of saving. */
"use strict";

customElements.define(
  "readability-meter",
  class extends HTMLElement {
    static REST_MILLISECONDS = 400;

    connectedCallback() {
      this.rules = JSON.parse(this.dataset.rules);
      this.levels = JSON.parse(this.dataset.levels);
      this.counts = JSON.parse(this.dataset.counts);
      this.observer = new MutationObserver(() => this.wait());
      this.observer.observe(this.previousElementSibling, { childList: true, characterData: true, subtree: true });
    }

    disconnectedCallback() {
      this.observer.disconnect();
      clearTimeout(this.timer);
    }

    wait() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.show(), this.constructor.REST_MILLISECONDS);
    }

    readBlocks() {
      const { value } = document.getElementById(this.dataset.field);
      const content = value ? JSON.parse(value) : null;
      return content ? content.blocks.map((block) => block.text) : [];
    }

    show() {
      const found = readability.measure(this.readBlocks(), this.rules);
      const values = { ...found, level: this.levels[found?.level] };
      for (const [name, [one, several]] of Object.entries(this.counts)) {
        values[name] = (found?.[name] === 1 ? one : several).replace("%(count)s", found?.[name]);
      }
      const sentence = found ? this.dataset.sentence : this.dataset.empty;
      this.querySelector("[data-readability-text]").textContent = sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
      const scale = this.querySelector("meter");
      scale.hidden = !found;
      scale.value = found?.lix ?? 0;
    }
  },
);

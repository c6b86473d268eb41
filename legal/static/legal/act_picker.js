/*
 * The form of a block that names a place in the law. An act is looked up by name or number (a combobox after the ARIA
 * Authoring Practices), its sections are ticked from the act's own list. What is stored stays an ELI URI and sections;
 * the plain inputs are kept and can be filled in by hand.
 */
(() => {
  const WAIT_MILLISECONDS = 200;

  /** Make an element: make("p", {class: "x"}, "text or children"). */
  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== false && value !== null) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  }

  /** Compare sections in any spelling: "§ 9 a.", "9a" and "9-a" are one. */
  function fold(section) {
    return section.toLowerCase().replace(/[§\s.-]/g, "");
  }

  async function load(address, values) {
    const response = await fetch(`${address}?${new URLSearchParams(values)}`, {
      credentials: "same-origin",
      headers: { Accept: "application/json" },
    });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }

  class ActCombobox {
    constructor(id, settings, onChoice) {
      this.settings = settings;
      this.onChoice = onChoice;
      this.results = [];
      this.active = -1;
      const words = settings.words;
      this.input = make("input", {
        id: `${id}-act`,
        type: "text",
        role: "combobox",
        autocomplete: "off",
        spellcheck: "false",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": `${id}-acts`,
        "aria-describedby": `${id}-act-help`,
      });
      this.list = make("ul", { id: `${id}-acts`, role: "listbox", "aria-label": words.find, hidden: true });
      this.status = make("p", { class: "w-sr-only", role: "status" });
      this.notice = make("p", { class: "law-picker-notice", hidden: true });
      this.element = make(
        "div",
        { class: "law-picker-act" },
        make("label", { class: "w-field__label", for: `${id}-act` }, words.find),
        make("div", { class: "help", id: `${id}-act-help` }, words.findHelp),
        make("div", { class: "law-picker-box" }, this.input, this.list),
        this.notice,
        this.status,
      );
      this.input.addEventListener("input", () => this.schedule());
      this.input.addEventListener("keydown", (event) => this.onKey(event));
      this.input.addEventListener("blur", () => this.close());
      // Before the blur, which would close the list first.
      this.list.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        const option = event.target.closest("[role=option]");
        if (option) this.choose(Number(option.dataset.place));
      });
    }

    schedule() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), WAIT_MILLISECONDS);
    }

    async search() {
      const query = this.input.value.trim();
      if (!query) {
        this.close();
        return;
      }
      try {
        const answer = await load(this.settings.actsUrl, { q: query });
        if (query === this.input.value.trim()) this.show(answer.results);
      } catch {
        this.tell(this.settings.words.failed);
      }
    }

    show(results) {
      const words = this.settings.words;
      this.results = results;
      this.active = -1;
      this.list.replaceChildren(
        ...results.map((act, place) =>
          make(
            "li",
            { id: `${this.list.id}-${place}`, role: "option", "aria-selected": "false", "data-place": place },
            make("strong", { lang: "da" }, act.title),
            make("span", {}, `${act.line} · ${act.is_newest ? words.newest : words.older}`),
          ),
        ),
      );
      this.list.hidden = !results.length;
      this.input.setAttribute("aria-expanded", String(results.length > 0));
      this.input.removeAttribute("aria-activedescendant");
      this.tell(results.length ? "" : words.none);
      this.status.textContent = results.length ? `${words.count} ${results.length}` : words.none;
    }

    tell(notice) {
      this.notice.textContent = notice;
      this.notice.hidden = !notice;
    }

    close() {
      clearTimeout(this.timer);
      this.list.hidden = true;
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
      this.active = -1;
    }

    move(place) {
      const options = [...this.list.children];
      this.active = (place + options.length) % options.length;
      options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.active)));
      this.input.setAttribute("aria-activedescendant", options[this.active].id);
      options[this.active].scrollIntoView({ block: "nearest" });
    }

    onKey(event) {
      const isOpen = !this.list.hidden && this.results.length > 0;
      if (event.key === "Enter") {
        // A form is never sent from here.
        event.preventDefault();
        if (isOpen) this.choose(Math.max(this.active, 0));
        else this.search();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!isOpen) this.search();
        else if (event.key === "ArrowDown") this.move(this.active + 1);
        else this.move(this.active < 0 ? this.results.length - 1 : this.active - 1);
      } else if (event.key === "Escape" && isOpen) {
        event.preventDefault();
        event.stopPropagation();
        this.close();
      }
    }

    choose(place) {
      const act = this.results[place];
      this.close();
      this.input.value = "";
      this.onChoice(act);
    }
  }

  /** The list of an act's sections with boxes to tick and a filter to type. */
  class SectionTicks {
    constructor(id, settings, onChange) {
      this.settings = settings;
      this.onChange = onChange;
      const words = settings.words;
      this.filter = make("input", { id: `${id}-filter`, type: "text", autocomplete: "off", inputmode: "search" });
      this.list = make("div", { class: "law-picker-ticks", role: "group", "aria-labelledby": `${id}-ticks`, tabindex: "-1" });
      this.chosen = make("p", { class: "law-picker-chosen", role: "status" });
      this.element = make(
        "fieldset",
        { class: "law-picker-sections", hidden: true },
        make("legend", { id: `${id}-ticks`, class: "w-field__label" }, words.sections),
        this.chosen,
        make("label", { class: "w-sr-only", for: `${id}-filter` }, words.filter),
        this.filter,
        this.list,
      );
      this.filter.placeholder = words.filter;
      this.filter.addEventListener("input", () => this.narrow());
      this.filter.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        // Enter ticks the first section shown: "9 a", Enter.
        event.preventDefault();
        const first = this.list.querySelector("label:not([hidden]) input");
        if (first && this.filter.value.trim()) first.click();
      });
      this.list.addEventListener("change", () => this.change());
    }

    show(sections, ticked) {
      const known = new Map(sections.map((entry) => [fold(entry.section), entry]));
      const missing = ticked.filter((section) => section && !known.has(fold(section)));
      const wanted = new Set(ticked.map(fold));
      const rows = [
        ...missing.map((section) => ({ section, label: `§ ${section}`, excerpt: this.settings.words.gone })),
        ...sections,
      ];
      this.list.replaceChildren(
        ...rows.map((entry) => {
          const box = make("input", { type: "checkbox", value: entry.section });
          box.checked = wanted.has(fold(entry.section));
          return make(
            "label",
            { "data-section": fold(entry.section) },
            box,
            make("strong", { lang: "da" }, entry.label || `§ ${entry.section}`),
            make("span", { lang: "da" }, entry.excerpt),
          );
        }),
      );
      this.element.hidden = !rows.length;
      this.narrow();
      this.tell();
      const first = this.list.querySelector("input:checked");
      this.list.scrollTop = first ? first.parentElement.offsetTop : 0;
    }

    narrow() {
      const asked = fold(this.filter.value);
      for (const row of this.list.children) row.hidden = !row.dataset.section.startsWith(asked);
    }

    get ticked() {
      return [...this.list.querySelectorAll("input:checked")].map((box) => box.value);
    }

    change() {
      this.tell();
      this.onChange(this.ticked);
    }

    tell() {
      const labels = this.ticked.map((section) => `§ ${section}`).join(", ");
      this.chosen.textContent = labels || this.settings.words.whole;
    }
  }

  class ActPicker {
    constructor(block, prefix, settings) {
      this.block = block;
      this.prefix = prefix;
      this.settings = settings;
      this.container = block.container[0];
      this.uri = document.getElementById(`${prefix}-eli_uri`);
      if (!this.uri) return;
      this.combobox = new ActCombobox(prefix, settings, (act) => this.choose(act));
      this.act = make("p", { class: "law-picker-known", role: "status" });
      const field = this.uri.closest("[data-contentpath]");
      field.before(make("div", { class: "law-picker" }, this.combobox.element, this.act));
      if (block.childBlocks.sections) this.addTicks();
      this.uri.addEventListener("change", () => this.load());
      this.tellSource();
      if (this.uri.value) this.load();
    }

    addTicks() {
      this.field = this.container.querySelector('[data-contentpath="sections"]');
      this.ticks = new SectionTicks(this.prefix, this.settings, (sections) => this.setSections(sections));
      this.byHand = make("button", { type: "button", class: "button button-small button-secondary", hidden: true });
      this.byHand.textContent = this.settings.words.byHand;
      this.byHand.addEventListener("click", () => {
        this.field.hidden = false;
        this.byHand.hidden = true;
      });
      this.field.before(this.ticks.element, this.byHand);
      this.field.addEventListener("input", () => this.tellSource());
    }

    choose(act) {
      this.uri.value = act.eli_uri;
      this.uri.dispatchEvent(new Event("input", { bubbles: true }));
      this.uri.dispatchEvent(new Event("change", { bubbles: true }));
      if (this.ticks) this.ticks.filter.focus();
    }

    async load() {
      const uri = this.uri.value.trim();
      this.tellSource();
      if (!uri) {
        this.showSections([], null);
        return;
      }
      try {
        const answer = await load(this.settings.sectionsUrl, { eli_uri: uri });
        if (uri === this.uri.value.trim()) this.showSections(answer.sections, answer.act);
      } catch {
        this.combobox.tell(this.settings.words.failed);
      }
    }

    showSections(sections, act) {
      const words = this.settings.words;
      this.act.classList.toggle("is-unknown", !act);
      this.act.replaceChildren();
      if (act) {
        const state = act.is_newest ? words.newest : words.older;
        this.act.append(make("strong", { lang: "da" }, act.title), ` ${act.line} · ${state}`);
      } else if (this.uri.value.trim()) {
        this.act.textContent = words.unknown;
      }
      if (this.ticks) {
        this.ticks.show(sections, act ? this.sections : []);
        this.field.hidden = sections.length > 0;
        this.byHand.hidden = !sections.length;
      } else {
        this.offerSections(sections);
      }
    }

    /** A citation names one section: the act's own are offered while it is typed. */
    offerSections(sections) {
      const input = document.getElementById(`${this.prefix}-section`);
      if (!input) return;
      const id = `${this.prefix}-section-list`;
      document.getElementById(id)?.remove();
      const options = sections.map((entry) => make("option", { value: entry.section, label: `${entry.label} ${entry.excerpt}` }));
      this.container.append(make("datalist", { id }, ...options));
      input.setAttribute("list", id);
    }

    get sections() {
      return this.block.childBlocks.sections ? this.block.childBlocks.sections.getValue().map((child) => child.value ?? child) : [];
    }

    setSections(sections) {
      this.block.childBlocks.sections.setState(sections.map((value) => ({ value })));
      this.uri.dispatchEvent(new Event("input", { bubbles: true }));
      this.tellSource();
    }

    /** Say what is chosen, for what stands beside the form (law_comparison.js). */
    tellSource() {
      if (!this.ticks) return;
      this.container.dataset.lawSource = JSON.stringify({
        eli_uri: this.uri.value.trim(),
        sections: this.sections.map((section) => String(section).trim()).filter(Boolean),
      });
      this.container.dataset.lawDeleted = this.prefix.replace(/-value$/, "-deleted");
      document.dispatchEvent(new CustomEvent("videnbro:law-sources"));
    }
  }

  class ActPickerBlockDefinition extends window.wagtailStreamField.blocks.StructBlockDefinition {
    render(placeholder, prefix, initialState, initialError) {
      const block = super.render(placeholder, prefix, initialState, initialError);
      const picker = new ActPicker(block, prefix, this.meta.picker);
      // An act is looked up first; the ELI URI is for who has one to paste, or has to mend it.
      const focus = block.focus.bind(block);
      block.focus = (options) => (picker.uri?.value || !picker.combobox ? focus(options) : picker.combobox.input.focus());
      return block;
    }
  }

  window.telepath.register("legal.ActPickerBlock", ActPickerBlockDefinition);
})();

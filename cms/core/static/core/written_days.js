// Days are typed as people write them. What was typed stays: the server reads it, and says in words which day it understood.

// Wagtail's date picker would replace what it cannot read by today when the field is left.
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;

const PAUSE_MS = 250;
// The picker opens with a delay, also when the field has been left meanwhile.
const PICKER_OPENS_MS = 150;

class WrittenDay extends window.StimulusModule.Controller {
  static values = { url: String, kind: String };

  connect() {
    this.words = document.createElement("output");
    this.words.className = "written-day";
    this.words.id = `${this.element.id}-in-words`;
    // Above the field: the date picker opens under it.
    this.element.before(this.words);
    const described = this.element.getAttribute("aria-describedby");
    this.element.setAttribute("aria-describedby", [described, this.words.id].filter(Boolean).join(" "));
    this.read();
  }

  disconnect() {
    clearTimeout(this.pause);
    this.words.remove();
  }

  // While somebody types, what cannot be read yet is no mistake.
  read() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.ask(false), PAUSE_MS);
  }

  leave(event) {
    clearTimeout(this.pause);
    this.ask(true);
    const next = event.relatedTarget;
    if (next && !next.closest(".xdsoft_datetimepicker")) setTimeout(() => this.close(), PICKER_OPENS_MS);
  }

  // The picker would stay open and hide what comes next.
  close() {
    jQuery(this.element).datetimepicker("hide");
  }

  async ask(isLeft) {
    const text = this.element.value.trim();
    if (!text) return this.show("", false);
    const query = new URLSearchParams({ text, kind: this.kindValue });
    try {
      const response = await fetch(`${this.urlValue}?${query}`, { credentials: "same-origin" });
      const answer = await response.json();
      // Another one may have been typed meanwhile.
      if (this.element.value.trim() !== text) return;
      if (answer.words) this.show(answer.words, false);
      else if (isLeft) this.show(answer.error, true);
      else this.show("", false);
    } catch {
      // Without the server the field is as good as any other; the form itself is read when it is sent.
      this.show("", false);
    }
  }

  show(text, isRefused) {
    this.words.textContent = text;
    this.words.classList.toggle("written-day-refused", isRefused);
    this.element.toggleAttribute("aria-invalid", isRefused);
  }
}

window.wagtail.app.register("written-day", WrittenDay);

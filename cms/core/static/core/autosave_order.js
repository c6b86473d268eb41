// Whoever saves or publishes while the draft is being saved by itself waits for that. Of a new page both would else be stored as
// pages of their own, or the second be refused for the address the first has just taken; of an existing page the later answer
// would leave a draft nobody looked at. To go when Wagtail orders the two itself.
(() => {
  "use strict";
  const LONGEST_WAIT_MS = 30_000;
  let saving = null;
  let go = null;

  const settle = () => {
    saving = null;
    go?.();
  };

  document.addEventListener("w-autosave:save", (event) => {
    if (!event.defaultPrevented) saving = { trigger: event.detail.trigger };
  });
  for (const name of ["w-autosave:success", "w-autosave:error"]) {
    document.addEventListener(name, (event) => {
      if (saving?.trigger === event.detail.trigger) settle();
    });
  }

  window.addEventListener(
    "submit",
    (event) => {
      const { target: form, submitter } = event;
      if (!saving || !form.matches("[data-controller~='w-autosave']")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (go) return;
      const longest = setTimeout(settle, LONGEST_WAIT_MS);
      go = () => {
        go = null;
        clearTimeout(longest);
        // Wagtail disables the button that was pressed, and what is disabled is not sent.
        if (submitter) submitter.disabled = false;
        form.requestSubmit(submitter);
      };
    },
    { capture: true },
  );
})();

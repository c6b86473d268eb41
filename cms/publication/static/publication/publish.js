/* The publish step: shows what will happen anew whenever an answer changes. Without this script a button does the same. */
(() => {
  const form = document.querySelector("[data-publish-step]");
  if (!form) return;
  const outlook = form.querySelector("[data-publish-outlook]");
  const day = form.querySelector("[name=day]");
  const button = form.querySelector("[name=publish]");
  let latest = 0;

  async function refresh() {
    const mine = ++latest;
    const data = new FormData(form);
    data.append("show", "beside");
    outlook.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
      if (!answer.ok || mine !== latest) return;
      const shown = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = shown.querySelector("[data-publish-outlook]");
      if (!fresh) return;
      outlook.replaceChildren(...fresh.childNodes);
      button.textContent = shown.querySelector("[name=publish]").textContent;
    } finally {
      if (mine === latest) outlook.removeAttribute("aria-busy");
    }
  }

  form.querySelector("[data-publish-show]").hidden = true;
  form.addEventListener("change", (event) => {
    if (["significance", "starts", "day"].includes(event.target.name)) refresh();
  });
  day.addEventListener("input", () => {
    const later = form.querySelector("[name=starts][value=day]");
    if (day.value.trim() && !later.checked) later.checked = true;
  });
  // A second click while the first is under way asks for nothing new.
  let isSent = false;
  form.addEventListener("submit", (event) => {
    if (isSent) event.preventDefault();
    isSent = true;
  });
  window.addEventListener("pageshow", () => {
    isSent = false;
  });
  const wrong = form.querySelector("[aria-invalid=true], .w-field--error input, .w-field--error textarea");
  if (wrong) wrong.focus();
})();

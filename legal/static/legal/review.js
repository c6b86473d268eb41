// The reason is asked for before the form is left: at its field, with the focus there. The server asks again.
const askForReason = (event) => {
  const button = event.target.closest("button[name=outcome]");
  if (!button) return;
  const form = button.form;
  const reason = form.elements.reason;
  const isMissing = button.dataset.needsReason && !reason.value.trim();
  reason.setCustomValidity(isMissing ? button.dataset.needsReason : "");
  const chosen = document.querySelectorAll(`input[form="${form.id}"]:checked`);
  if (form.dataset.needsChoice) {
    const first = document.querySelector(`input[type=checkbox][form="${form.id}"]`);
    first?.setCustomValidity(chosen.length ? "" : form.dataset.needsChoice);
  }
};
document.addEventListener("click", askForReason, true);
// A message that no longer holds would keep the form from being sent by the other button.
document.addEventListener("input", (event) => {
  if (event.target.name === "reason") event.target.setCustomValidity("");
  if (event.target.name === "task") document.querySelector("input[name=task]")?.setCustomValidity("");
});

// Chooses all texts and languages of a page of the matrix at once, and brings what was refused into sight.
(() => {
  const refused = document.getElementById("desk-refused");
  if (refused) refused.focus();
  const all = document.querySelector("[data-desk-all]");
  if (!all) return;
  const cells = [...document.querySelectorAll("[data-desk-matrix] input[name=cell]")];
  if (!cells.length) return;
  all.hidden = false;
  all.nextElementSibling.hidden = false;
  const show = () => {
    const chosen = cells.filter((cell) => cell.checked).length;
    all.checked = chosen === cells.length;
    all.indeterminate = chosen > 0 && !all.checked;
  };
  all.addEventListener("change", () => cells.forEach((cell) => { cell.checked = all.checked; }));
  cells.forEach((cell) => cell.addEventListener("change", show));
  show();
})();

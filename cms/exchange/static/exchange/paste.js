/* Pasting into rich text. Draft.js knows neither raised text nor tables (Draftail, upstream issue 200): 6.055<sup>1</sup> kr.
   would read 6.0551 kr., and a table would become loose lines. Raised and lowered digits become characters of their own before the
   editor sees them; a table is pasted as it was, and a note says what keeps it. To go when Draftail keeps both. */
(() => {
  "use strict";
  const warning = document.currentScript.dataset.tableWarning;
  const forms = {
    sup: Object.fromEntries([..."0123456789+-=()"].map((plain, index) => [plain, [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾"][index]])),
    sub: Object.fromEntries([..."0123456789+-=()"].map((plain, index) => [plain, [..."₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"][index]])),
  };
  const marks = "*†‡, ";
  const mended = new WeakSet();

  const write = (element) => {
    const text = element.textContent.trim().replace(/^\[(.*)\]$/, "$1");
    const known = forms[element.localName];
    const characters = [...text];
    const isWritten = characters.every((character) => character in known || marks.includes(character));
    element.replaceWith(isWritten ? characters.map((character) => known[character] ?? character).join("") : ` (${text})`);
  };

  const warn = (editor) => {
    const field = editor.closest("[data-field]") ?? editor.parentElement;
    field.querySelector(".pasted-table")?.remove();
    const note = document.createElement("p");
    note.className = "help-block help-warning pasted-table";
    note.setAttribute("role", "status");
    note.textContent = warning;
    editor.after(note);
  };

  document.addEventListener(
    "paste",
    (event) => {
      const editor = event.target.closest?.(".Draftail-Editor");
      const html = event.clipboardData?.getData("text/html") ?? "";
      // What was copied in an editor keeps its own form.
      if (!editor || mended.has(event) || html.includes("data-editor")) return;
      const pasted = new DOMParser().parseFromString(html, "text/html");
      if (pasted.querySelector("table")) warn(editor);
      const raised = [...pasted.querySelectorAll("sup, sub")].filter((element) => element.textContent.trim());
      if (!raised.length) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      raised.forEach(write);
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/html", pasted.body.innerHTML);
      clipboardData.setData("text/plain", pasted.body.textContent);
      const again = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      mended.add(again);
      event.target.dispatchEvent(again);
    },
    true,
  );
})();

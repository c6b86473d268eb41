// Close an open menu with Esc, by a click beside it, or when the focus leaves it. Menus are <details>: they work without this.
"use strict";

const openMenus = () => document.querySelectorAll("details.menu[open]");

const closeMenus = (kept) => {
  for (const menu of openMenus()) {
    if (!kept || !menu.contains(kept)) menu.open = false;
  }
};

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    const hadFocus = menu.contains(document.activeElement);
    menu.open = false;
    if (hadFocus) menu.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => closeMenus(event.target));

document.addEventListener("focusout", (event) => {
  // Without a related target the window itself has lost the focus, or the focus goes nowhere: a click decides then.
  if (event.relatedTarget) closeMenus(event.relatedTarget);
});

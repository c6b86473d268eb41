// Marks in the contents beside a text the part that is being read. Without it they are links all the same; nothing is stored.
(() => {
  const side = document.querySelector(".toc-side");
  const links = [...side.querySelectorAll("a")];
  const places = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));

  function mark() {
    const line = window.innerHeight / 3;
    const begun = places.filter((place) => place && place.getBoundingClientRect().top <= line);
    const current = links[places.indexOf(begun.at(-1))];
    for (const link of links) {
      if (link === current) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
    if (current) side.scrollTop = current.offsetTop - side.clientHeight / 2;
  }

  window.addEventListener("scroll", () => window.requestAnimationFrame(mark), { passive: true });
  window.addEventListener("resize", mark);
  mark();
})();

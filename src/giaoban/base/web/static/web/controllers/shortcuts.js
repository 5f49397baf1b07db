// One-keystroke work. `/` and any data-key="x" act on the element; g then a letter goes to a place; ? shows the list.
const isWriting = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

export function shortcuts(root) {
  let isGoing = false;

  function press(element) {
    if (element.matches("input, textarea, select")) element.focus();
    else element.click();
  }

  function step(direction) {
    const items = [...document.querySelectorAll("[data-queue-item]")];
    if (!items.length) return;
    const here = items.findIndex((item) => item.contains(document.activeElement));
    const next = items[Math.min(Math.max(here + direction, 0), items.length - 1)];
    (next.querySelector("a, button") ?? next).focus();
  }

  function find(key) {
    const item = document.activeElement?.closest("[data-queue-item]");
    const quoted = `[data-key="${CSS.escape(key)}"]`;
    return item?.querySelector(quoted) ?? document.querySelector(`${quoted}:not([data-queue-item] *)`);
  }

  root.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form") ?? document.querySelector("form[data-main]");
      const main = form?.querySelector("[data-primary], [data-submit]");
      if (form) { event.preventDefault(); form.requestSubmit(main ?? undefined); }
      return;
    }
    if (event.key === "Escape" && event.target.matches("[type=search]")) { event.target.blur(); return; }
    if (isWriting(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (isGoing) {
      isGoing = false;
      const place = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
      if (place) { event.preventDefault(); place.click(); return; }
    }
    if (event.key === "g") { isGoing = true; return; }
    if (event.key === "j" || event.key === "k") { event.preventDefault(); step(event.key === "j" ? 1 : -1); return; }
    if (event.key === "?") { document.getElementById("keys")?.showModal(); return; }
    const target = find(event.key);
    if (target) { event.preventDefault(); press(target); }
  });
}

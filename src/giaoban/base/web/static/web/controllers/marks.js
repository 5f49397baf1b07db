// Words read from prose and the field they fill light up together: both carry the same data-fact (or data-field).
const MARKED = "[data-fact], [data-field]";
const factOf = (node) => node.dataset.fact ?? node.dataset.field;

export function marks(root) {
  function light(fact, isLit) {
    for (const node of root.querySelectorAll(MARKED)) if (factOf(node) === fact) node.classList.toggle("is-marked", isLit);
  }

  for (const [on, off] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    for (const [name, isLit] of [[on, true], [off, false]]) {
      root.addEventListener(name, (event) => {
        const node = event.target.closest(MARKED);
        if (node) light(factOf(node), isLit);
      });
    }
  }
  root.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (!mark?.matches(MARKED)) return;
    const same = [...root.querySelectorAll(MARKED)].filter((node) => node !== mark && factOf(node) === factOf(mark));
    const place = same.map((node) => node.querySelector("input:not([type=hidden]), textarea, select")).find(Boolean);
    place?.focus();
  });
}

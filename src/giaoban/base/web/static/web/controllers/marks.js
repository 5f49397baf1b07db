// Words read from prose and the fields they fill light up together: both carry the same data-fact (or data-field), or
// several of them with blanks between. A pane with data-pane is scrolled so that what lights up in it can be seen.
const MARKED = "[data-fact], [data-field]";
const factsOf = (node) => (node.dataset.fact ?? node.dataset.field).split(" ");

export function marks(root) {
  const same = (facts) => [...root.querySelectorAll(MARKED)].filter((node) => factsOf(node).some((fact) => facts.includes(fact)));

  function show(mark) {
    const pane = mark.closest("[data-pane]");
    if (!pane || pane.scrollHeight <= pane.clientHeight) return;
    const [inner, outer] = [mark.getBoundingClientRect(), pane.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) pane.scrollTop += inner.top - outer.top - pane.clientHeight / 3;
  }

  function light(node, isLit) {
    const lit = same(factsOf(node));
    for (const each of lit) each.classList.toggle("is-marked", isLit);
    const mark = isLit && !node.closest("[data-pane]") && lit.find((each) => each.matches("mark"));
    if (mark) show(mark);
  }

  for (const [on, off] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    for (const [name, isLit] of [[on, true], [off, false]]) {
      root.addEventListener(name, (event) => {
        const node = event.target.closest(MARKED);
        if (node) light(node, isLit);
      });
    }
  }
  root.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (!mark?.matches(MARKED)) return;
    const others = same(factsOf(mark)).filter((node) => !node.matches("mark"));
    const place = others.map((node) => node.querySelector("input:not([type=hidden]), textarea, select, button")).find(Boolean);
    place?.focus();
  });
}

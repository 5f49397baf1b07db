// Words read from prose and the field they fill light up together: both carry the same data-fact.
export function marks(root) {
  function light(fact, isLit) {
    for (const node of root.querySelectorAll(`[data-field="${CSS.escape(fact)}"]`)) node.classList.toggle("is-marked", isLit);
  }

  for (const [on, off] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    root.addEventListener(on, (event) => { const node = event.target.closest("[data-field]"); if (node) light(node.dataset.field, true); });
    root.addEventListener(off, (event) => { const node = event.target.closest("[data-field]"); if (node) light(node.dataset.field, false); });
  }
  root.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-field]");
    if (mark) root.querySelector(`[data-field="${CSS.escape(mark.dataset.field)}"] input`)?.focus();
  });
}

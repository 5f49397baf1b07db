// Words read from prose and the field they fill light up together: both carry the same data-fact.
export function evidence(root) {
  function light(fact, isLit) {
    for (const node of root.querySelectorAll(`[data-fact="${CSS.escape(fact)}"]`)) node.classList.toggle("is-marked", isLit);
  }

  for (const [on, off] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    root.addEventListener(on, (event) => { const node = event.target.closest("[data-fact]"); if (node) light(node.dataset.fact, true); });
    root.addEventListener(off, (event) => { const node = event.target.closest("[data-fact]"); if (node) light(node.dataset.fact, false); });
  }
  root.addEventListener("click", (event) => {
    const mark = event.target.closest("mark[data-fact]");
    if (mark) root.querySelector(`.entry[data-fact="${CSS.escape(mark.dataset.fact)}"] input`)?.focus();
  });
}

// What a person sees wrong at a glance, asked of the page itself. Each function answers with sentences.
(() => {
  const UNSEEN = ".visually-hidden, .unseen, .skip, [hidden], select, textarea, dialog:not([open]), details:not([open]) > :not(summary)";
  const quoted = (text) => `«${text.trim().replace(/\s+/g, " ").slice(0, 40)}»`;
  const name = (node) =>
    [node.tagName.toLowerCase(), node.id && `#${node.id}`, ...[...node.classList].map((one) => `.${one}`)]
      .filter(Boolean).join("") + ` ${quoted(node.textContent)}`;
  const isSeen = (node) =>
    !node.closest(UNSEEN) && node.getClientRects().length > 0 && getComputedStyle(node).visibility !== "hidden";

  // The part of a box that the boxes around it let through.
  function through(node, box) {
    let { left, top, right, bottom } = box;
    for (let up = node; up && up !== document.documentElement; up = up.parentElement) {
      const style = getComputedStyle(up);
      const edge = up.getBoundingClientRect();
      if (style.overflowX !== "visible") [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
      if (style.overflowY !== "visible") [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
      if (style.position === "fixed") break;
    }
    return { left, top, right, bottom };
  }

  function isScrolled(node) {
    for (let up = node; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== "visible") return true;
    return false;
  }

  // What sticks out of the page's width.
  function beyond() {
    const width = document.documentElement.clientWidth;
    const found = [];
    if (document.documentElement.scrollWidth > width)
      found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    for (const node of document.querySelectorAll("body *")) {
      if (node.closest("svg") || !isSeen(node)) continue;
      const { left, right } = node.getBoundingClientRect();
      if ((right > width + 1 || left < -1) && !isScrolled(node.parentElement))
        found.push(`beyond the edge: ${name(node)} ${Math.round(left)} to ${Math.round(right)} px`);
    }
    return found.slice(0, 4);
  }

  // The same of every menu once it is open.
  function menusBeyond() {
    const found = [];
    for (const menu of document.querySelectorAll("details.menu")) {
      if (!isSeen(menu)) continue;
      menu.open = true;
      found.push(...beyond().map((told) => `with ${quoted(menu.querySelector("summary").textContent)} open: ${told}`));
      menu.open = false;
    }
    return found.slice(0, 4);
  }

  // Words of which a part cannot be seen, nor read in a title.
  function cut() {
    const found = [];
    for (const node of document.querySelectorAll("body *")) {
      const hasWords = [...node.childNodes].some((one) => one.nodeType === Node.TEXT_NODE && one.data.trim());
      if (!hasWords || node.closest("svg, [title]") || !isSeen(node)) continue;
      const style = getComputedStyle(node);
      const hides = (axis) => ["hidden", "clip"].includes(axis);
      if (hides(style.overflowX) && node.scrollWidth > node.clientWidth + 1)
        found.push(`cut at its side: ${name(node)} ${node.clientWidth} of ${node.scrollWidth} px`);
      else if (hides(style.overflowY) && node.scrollHeight > node.clientHeight + 3)
        found.push(`cut below: ${name(node)} ${node.clientHeight} of ${node.scrollHeight} px`);
    }
    return found.slice(0, 6);
  }

  // Words written over other words.
  function overlapping() {
    const words = [];
    const walk = document.createTreeWalker(document.querySelector("main") ?? document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const node = walk.currentNode;
      const above = node.parentElement;
      if (!node.data.trim() || above.closest(".save-bar, .room-bar, .menu-sheet") || !isSeen(above)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) words.push([node, through(above, box)]);
    }
    words.sort(([, one], [, other]) => one.top - other.top);
    const found = [];
    words.forEach(([node, box], place) => {
      for (let next = place + 1; next < words.length && words[next][1].top < box.bottom - 4; next++) {
        const [other, its] = words[next];
        const wide = Math.min(box.right, its.right) - Math.max(box.left, its.left);
        const high = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
        if (node !== other && wide > 3 && high > 5)
          found.push(`written over each other: ${quoted(node.data)} and ${quoted(other.data)}`);
      }
    });
    return found.slice(0, 5);
  }

  // Bytes of HTML, style sheets and scripts, whether or not the browser had them already.
  function weight() {
    const asked = performance.getEntriesByType("resource").filter((one) => /\.(css|js)$/.test(new URL(one.name).pathname));
    const [page] = performance.getEntriesByType("navigation");
    return asked.reduce((sum, one) => sum + one.encodedBodySize, page.encodedBodySize);
  }

  // Parts of the frame that stand in what is printed.
  function frame() {
    return [".rail", ".top", ".skip", ".actions .button", ".save-bar", ".pager", "form button:not(.queue-title)"].filter((wanted) =>
      [...document.querySelectorAll(wanted)].some((node) => isSeen(node)));
  }

  return { beyond, menusBeyond, cut, overlapping, weight, frame };
})()

// Binds each element with data-controller to its modules, now and after every htmx swap.
import { shortcuts } from "./shortcuts.js";
import { menus } from "./menus.js";
import { drawer } from "./drawer.js";
import { formGuard } from "./form-guard.js";
import { live } from "./live.js";
import { tabs } from "./tabs.js";
import { autosize } from "./autosize.js";
import { marks } from "./marks.js";
import { drop } from "./drop.js";
import { parts } from "./parts.js";
import { clock } from "./clock.js";
import { replay } from "./replay.js";

const controllers = { shortcuts, menus, drawer, "form-guard": formGuard, live, tabs, autosize, marks, evidence: marks, drop, parts, clock, replay };
const bound = new WeakMap();

function bind(root) {
  const found = root.matches?.("[data-controller]") ? [root] : [];
  for (const element of [...found, ...root.querySelectorAll("[data-controller]")]) {
    const names = bound.get(element) ?? new Set();
    for (const name of element.dataset.controller.split(/\s+/)) {
      if (names.has(name) || !controllers[name]) continue;
      names.add(name);
      controllers[name](element);
    }
    bound.set(element, names);
  }
}

document.addEventListener("htmx:load", (event) => bind(event.detail.elt));
document.addEventListener("house:load", (event) => bind(event.target));
bind(document.body);

for (const button of document.querySelectorAll("[data-back]")) {
  button.hidden = history.length < 2;
  button.addEventListener("click", () => history.back());
}

// A link marked data-drawer opens here; its address becomes the page's, so it can be sent to a colleague.
// Without this file the link is simply a page.
export function drawer(panel) {
  const body = panel.querySelector(".drawer-body");
  const base = panel.hidden ? location.href : panel.querySelector("[data-drawer-close]").href;
  let opener = null;
  let asked = 0;

  function show(isShown) {
    panel.hidden = !isShown;
    document.body.classList.toggle("has-drawer", isShown);
  }

  async function fill(href) {
    const mine = ++asked;
    const answer = await fetch(href, { headers: { "HX-Request": "true", "HX-Target": "drawer-body" }, credentials: "same-origin" });
    const text = await answer.text();
    if (mine !== asked) return;
    const fragment = new DOMParser().parseFromString(text, "text/html");
    const own = fragment.getElementById("drawer-body");
    const inner = own?.childElementCount ? own : fragment.querySelector("main") ?? fragment.body;
    body.replaceChildren(...inner.childNodes);
    window.htmx?.process(body);
    body.dispatchEvent(new CustomEvent("house:load", { bubbles: true }));
    show(true);
    body.scrollTop = 0;
    panel.focus();
  }

  function close({ isGoingBack = false } = {}) {
    if (panel.hidden) return;
    asked += 1;
    show(false);
    if (!isGoingBack) history.pushState({}, "", base);
    // what opened the drawer may have been drawn anew behind it
    const back = opener?.isConnected ? opener : document.querySelector(`[data-figure="${CSS.escape(opener?.dataset.figure ?? "")}"]`);
    back?.focus();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-drawer]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (!panel.contains(link)) opener = link;
    fill(link.href).then(() => history.pushState({ drawer: link.href }, "", link.href), () => location.assign(link.href));
  });
  panel.addEventListener("click", (event) => {
    if (!event.target.closest("[data-drawer-close]")) return;
    event.preventDefault();
    close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open], details.menu[open]")) close();
  });
  addEventListener("popstate", (event) => {
    if (event.state?.drawer) fill(event.state.drawer);
    else close({ isGoingBack: true });
  });
}

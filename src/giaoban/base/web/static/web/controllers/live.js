// Listens at data-live-url; an event only says that something changed, and the fragment at data-fragment-url is asked
// for again, so that permission is checked again. Figures that differ fade in; nothing moves.
const LISTEN_AGAIN = 5000;

export function live(element) {
  let source = null;
  let pending = null;

  async function refresh() {
    pending = null;
    const answer = await fetch(element.dataset.fragmentUrl, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (!answer.ok || !element.isConnected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const inner = (element.id && fresh.getElementById(element.id)) || fresh.body;
    const before = new Map([...element.querySelectorAll("[data-figure]")].map((node) => [node.dataset.figure, node.textContent]));
    const focused = document.activeElement?.closest("[data-figure]")?.dataset.figure;
    element.replaceChildren(...inner.childNodes);
    for (const node of element.querySelectorAll("[data-figure]")) {
      if (before.get(node.dataset.figure) !== node.textContent) node.classList.add("is-fresh");
      if (focused && node.dataset.figure === focused) node.focus();
    }
    window.htmx?.process(element);
    element.dispatchEvent(new CustomEvent("house:load", { bubbles: true }));
  }

  function changed() {
    pending ??= setTimeout(refresh, 200);
  }

  function listen() {
    if (!element.isConnected) return;
    source = new EventSource(element.dataset.liveUrl);
    source.addEventListener("message", changed);
    for (const name of (element.dataset.liveEvents ?? "").split(/\s+/).filter(Boolean)) source.addEventListener(name, changed);
    source.addEventListener("open", () => { element.dataset.live = "on"; });
    source.addEventListener("error", () => {
      element.dataset.live = "off";
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, LISTEN_AGAIN);
    });
  }

  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => { if (event.persisted) { listen(); refresh(); } });
  listen();
}

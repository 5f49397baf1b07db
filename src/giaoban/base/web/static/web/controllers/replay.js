// Plays a closed meeting on the wall: a moment after the other, as fast as it is asked to. The buttons before and after
// are links and work without this.
const STEP = 4000; // milliseconds a moment is looked at, at single speed

export function replay(element) {
  const button = element.querySelector("[data-play]");
  const speed = element.querySelector("[data-speed]");
  let timer = null;

  async function step() {
    const link = element.querySelector("[data-after]");
    if (!link?.dataset.after) { stop(); return; }
    const answer = await fetch(link.dataset.after, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
    if (!answer.ok) { stop(); return; }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    element.querySelector("[data-frame]").replaceChildren(...fresh.querySelector("[data-frame]").childNodes);
    element.dataset.now = fresh.querySelector("[data-frame]").dataset.now;
    element.dispatchEvent(new CustomEvent("house:load", { bubbles: true }));
    if (timer !== null) timer = setTimeout(step, STEP / Number(speed?.value ?? 1));
  }

  function stop() {
    clearTimeout(timer);
    timer = null;
    if (button) { button.textContent = button.dataset.wordPlay; button.setAttribute("aria-pressed", "false"); }
  }

  button?.removeAttribute("hidden");
  speed?.removeAttribute("hidden");
  button?.addEventListener("click", () => {
    if (timer !== null) { stop(); return; }
    button.textContent = button.dataset.wordPause;
    button.setAttribute("aria-pressed", "true");
    timer = setTimeout(step, 0);
  });
}

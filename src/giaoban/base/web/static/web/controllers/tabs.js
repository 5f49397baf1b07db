// Below 1024 px prose and form share one place. Buttons with aria-controls show one panel; the style sheet shows all above.
export function tabs(list) {
  const buttons = [...list.querySelectorAll("[aria-controls]")];

  function choose(chosen) {
    for (const button of buttons) {
      const isChosen = button === chosen;
      button.setAttribute("aria-selected", String(isChosen));
      button.tabIndex = isChosen ? 0 : -1;
      document.getElementById(button.getAttribute("aria-controls")).classList.toggle("is-away", !isChosen);
    }
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[aria-controls]");
    if (button) choose(button);
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = buttons[(buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length];
    choose(next);
    next.focus();
  });
  choose(buttons.find((button) => button.getAttribute("aria-selected") === "true") ?? buttons[0]);

  // A link to a place inside a panel that is away brings that panel first.
  function follow() {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const button = place && buttons.find((one) => document.getElementById(one.getAttribute("aria-controls")).contains(place));
    if (button?.getAttribute("aria-selected") !== "false") return;
    choose(button);
    place.scrollIntoView();
  }
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[href^='#']")) setTimeout(follow);
  });
  follow();
}

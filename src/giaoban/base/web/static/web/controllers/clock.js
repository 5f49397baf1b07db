// Runs the clocks of a page. data-clock: the second something began; data-spent: seconds before that; data-planned:
// minutes, beyond which the clock says so; data-still: it stands. data-length: a length in seconds, written once.
// data-now on the element is the server's millisecond: the house's time, not this machine's.
export function clock(element) {
  const ahead = Number(element.dataset.now) - Date.now();

  function write(seconds) {
    const whole = Math.max(0, Math.floor(seconds));
    const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    const tail = `${String(minutes).padStart(hours ? 2 : 1, "0")}:${String(rest).padStart(2, "0")}`;
    return hours ? `${hours}:${tail}` : tail;
  }

  function tick() {
    const now = (Date.now() + ahead) / 1000;
    for (const one of document.querySelectorAll("[data-clock]")) {
      const at = "frozen" in element.dataset ? Number(element.dataset.now) / 1000 : now;
      const seconds = Number(one.dataset.spent ?? 0) + ("still" in one.dataset ? 0 : at - Number(one.dataset.clock));
      const text = write(seconds);
      if (one.textContent !== text) one.textContent = text;
      one.classList.toggle("is-over", Boolean(one.dataset.planned) && seconds > Number(one.dataset.planned) * 60);
    }
    for (const one of document.querySelectorAll("[data-length]:empty")) one.textContent = write(Number(one.dataset.length));
  }

  tick();
  setInterval(tick, 500);
  document.addEventListener("house:load", tick);
}

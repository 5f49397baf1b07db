// A page in parts that a stream keeps true: an event names the parts that changed, and only those are asked for again,
// so that permission is checked again. What somebody is writing stays. Elements: data-live-url, data-parts-url, and
// anywhere on the page [data-part]; data-again lists parts asked for every data-again-seconds; data-here-url hears every
// data-here-seconds that this page is open. data-every-part names the one part that any event changes. Forms with data-keep keep what was typed until it was sent.
const GATHER = 60; // milliseconds in which events are gathered into one question
const PAUSE = 250; // at least so long between two questions
const LISTEN_AGAIN = 3000;

export function parts(element) {
  const wanted = new Set();
  let source = null;
  let asking = false;
  let timer = null;

  function want(names) {
    for (const name of names) wanted.add(name);
    if (!asking && wanted.size) timer ??= setTimeout(ask, GATHER);
  }

  async function ask() {
    timer = null;
    asking = true;
    const names = [...wanted];
    wanted.clear();
    try {
      const answer = await fetch(`${element.dataset.partsUrl}?of=${names.join("+")}`, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.status);
      place(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      for (const name of names) wanted.add(name); // asked for again after the pause
      setTimeout(() => want([]), LISTEN_AGAIN);
    }
    setTimeout(() => { asking = false; want([]); }, PAUSE);
  }

  function place(fresh) {
    for (const part of fresh.querySelectorAll("[data-part]")) {
      const old = document.querySelector(`[data-part="${part.dataset.part}"]`);
      if (!old) continue;
      if (part.dataset.part === "head") here(); // the session may have begun since the last sign of life
      const open = new Set([...old.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent));
      const closed = new Set([...old.querySelectorAll("details:not([open]) > summary")].map((summary) => summary.textContent));
      const focused = old.contains(document.activeElement) ? document.activeElement : null;
      const kept = keep(old, part);
      const shown = kept.filter((form) => form.dataset.shown);
      old.replaceChildren(...part.childNodes);
      for (const summary of old.querySelectorAll("details > summary")) {
        if (open.has(summary.textContent)) summary.parentElement.open = true;
        if (closed.has(summary.textContent)) summary.parentElement.open = false;
      }
      for (const form of shown) { delete form.dataset.shown; if (form.closest("details")) form.closest("details").open = true; }
      if (focused) refocus(old, focused, kept);
      window.htmx?.process(old);
      old.dispatchEvent(new CustomEvent("house:load", { bubbles: true }));
    }
    tell();
  }

  function keep(old, part) {
    const kept = [];
    for (const form of old.querySelectorAll("form[data-keep]")) {
      const twin = part.querySelector(`#${CSS.escape(form.id)}`);
      if (twin && (isWritten(form) || form.contains(document.activeElement))) {
        const item = twin.querySelector("input[name=item]");
        if (item && form.elements.item) form.elements.item.value = item.value;
        if (form.closest("details")?.open) form.dataset.shown = "yes";
        twin.replaceWith(form);
        kept.push(form);
      }
    }
    return kept;
  }

  function refocus(old, focused, kept) {
    if (kept.some((form) => form.contains(focused))) { focused.focus({ preventScroll: true }); return; }
    const action = focused.closest("form")?.getAttribute("action");
    const button = action && old.querySelector(`form[action="${CSS.escape(action)}"] ${focused.tagName.toLowerCase()}`);
    const summary = focused.matches("summary") && [...old.querySelectorAll("summary")].find((one) => one.textContent === focused.textContent);
    (button || summary || null)?.focus({ preventScroll: true });
  }

  // ------------------------------------------------------------ the stream

  function listen() {
    if (!element.isConnected) return;
    source = new EventSource(element.dataset.liveUrl);
    source.addEventListener("changed", (event) => want(element.dataset.everyPart ? [element.dataset.everyPart] : event.data.split(" ").filter(Boolean)));
    source.addEventListener("reset", () => want([...document.querySelectorAll("[data-part]")].map((part) => part.dataset.part)));
    source.addEventListener("open", () => tell("on"));
    source.addEventListener("error", () => {
      tell("off");
      if (source.readyState === EventSource.CLOSED) setTimeout(resume, LISTEN_AGAIN);
    });
  }

  // a stream that was refused has no Last-Event-ID to resume from: everything is asked for again
  function resume() {
    listen();
    want([...document.querySelectorAll("[data-part]")].map((part) => part.dataset.part));
  }

  function tell(word = element.dataset.live) {
    element.dataset.live = word ?? "off";
    for (const line of document.querySelectorAll("[data-line]")) {
      line.dataset.line = element.dataset.live;
      const told = line.querySelector("span");
      if (told) told.textContent = element.dataset.live === "on" ? line.dataset.wordOn : line.dataset.wordOff;
    }
  }

  // ------------------------------------------------------------ signs of life

  function here() {
    if (!element.dataset.hereUrl) return;
    const body = new FormData();
    fetch(element.dataset.hereUrl, { method: "POST", headers: { "X-CSRFToken": token() }, body, credentials: "same-origin" }).catch(() => {});
  }

  function token() {
    return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
  }

  // ------------------------------------------------------------ forms that were sent

  document.body.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form");
    if (!form) return;
    if (event.detail.successful) {
      document.getElementById("told")?.replaceChildren();
      form.reset();
      form.closest("details.menu")?.removeAttribute("open");
      if (form.elements.write_key) form.elements.write_key.value = freshKey();
    } else if (event.detail.xhr?.status === 409 && form.elements.revision) {
      // the words stay; sent again they stand over what is now shown beside them
      form.elements.revision.value = form.closest("[data-revision]")?.dataset.revision ?? form.elements.revision.value;
    }
  });

  if (element.dataset.again) setInterval(() => want(element.dataset.again.split(" ")), Number(element.dataset.againSeconds) * 1000);
  if (element.dataset.hereUrl) { here(); setInterval(here, Number(element.dataset.hereSeconds) * 1000); }
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => { if (event.persisted) resume(); });
  listen();
}

function isWritten(form) {
  return [...form.elements].some((box) => {
    if (box.type === "hidden" || box.tagName === "BUTTON") return false;
    if (box.tagName === "SELECT") return [...box.options].some((option) => option.selected !== option.defaultSelected) && box.selectedIndex > 0;
    if (box.type === "checkbox" || box.type === "radio") return box.checked !== box.defaultChecked;
    return box.value !== box.defaultValue;
  });
}

function freshKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

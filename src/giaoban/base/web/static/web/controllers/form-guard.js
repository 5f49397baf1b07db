// Says at all times whether what is on screen is saved. data-saved on the form: saved | unsaved | saving | submitted.
// The sentence comes from data-word-saved, data-word-unsaved, data-word-saving on the .save-state element.
export function formGuard(form) {
  const state = form.querySelector(".save-state");

  function say(word) {
    form.dataset.saved = word;
    const sentence = state?.dataset[`word${word[0].toUpperCase()}${word.slice(1)}`];
    if (sentence) state.textContent = sentence;
  }

  form.addEventListener("input", () => say("unsaved"));
  form.addEventListener("submit", () => say("saving"));
  form.addEventListener("htmx:beforeRequest", (event) => { if (event.detail.elt === form) say("saving"); });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt === form) say(event.detail.successful ? "saved" : "unsaved");
  });
  addEventListener("pageshow", (event) => { if (event.persisted && form.dataset.saved === "saving") say("unsaved"); });
  addEventListener("beforeunload", (event) => { if (form.dataset.saved === "unsaved") event.preventDefault(); });
}

// A file dropped anywhere on the page goes into this form's file box and is sent at once.
export function drop(form) {
  const box = form.querySelector("input[type=file]");
  const hasFile = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (hasFile(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!hasFile(event)) return;
    event.preventDefault();
    box.files = event.dataTransfer.files;
    if (box.files.length) form.requestSubmit();
  });
}

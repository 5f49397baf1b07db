// A text area as high as what is written in it.
export function autosize(area) {
  const grow = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  area.addEventListener("input", grow);
  if (area.value) grow();
}

/** `input[data-reveals="id"]` shows that block while it is checked; without script the block is always shown. */
export function revealBlocks(): void {
  const update = (): void => {
    const shown = new Map<string, boolean>();
    for (const input of document.querySelectorAll<HTMLInputElement>("input[data-reveals]")) {
      const id = input.dataset.reveals ?? "";
      shown.set(id, input.checked || (shown.get(id) ?? false));
    }
    for (const [id, visible] of shown) {
      const block = document.getElementById(id);
      if (!block) continue;
      block.hidden = !visible;
      if (block instanceof HTMLFieldSetElement) block.disabled = !visible;
    }
  };
  document.addEventListener("change", update);
  document.addEventListener("htmx:afterSettle", update);
  window.addEventListener("pageshow", update);
  update();
}

/** `[data-copy="text"]` copies its text, then says `data-copied` in place of its label for a moment. */
export function copyOnClick(): void {
  document.addEventListener("click", async (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    if (!button || !navigator.clipboard) return;
    await navigator.clipboard.writeText(button.dataset.copy ?? "");
    const label = button.querySelector<HTMLElement>("[data-label]") ?? button;
    const before = label.textContent;
    if (!button.dataset.copied || before === button.dataset.copied) return;
    label.setAttribute("aria-live", "polite");
    label.textContent = button.dataset.copied;
    window.setTimeout(() => {
      label.textContent = before;
    }, 3000);
  });
}

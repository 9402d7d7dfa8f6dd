/** Moves the focus to the page's `[data-focus]`: the summary of a refused form. */
export function focusFirst(): void {
  document.querySelector<HTMLElement>("[data-focus]")?.focus();
}

/**
 * The focus waits on the favourites, so that the next visit begins with a number key.
 *
 * Not on a touch screen, nor when something else calls: an error, an answer already chosen.
 */
export function startOnFavourites(): void {
  if (window.matchMedia("(hover: none) and (pointer: coarse)").matches) return;
  if (document.querySelector("[data-focus]") || location.hash) return;
  const group = document.querySelector<HTMLElement>("[data-first-choice]");
  const first = group?.querySelector<HTMLInputElement>("input:checked") ?? group?.querySelector<HTMLInputElement>("[data-key]");
  if (document.activeElement === document.body) first?.focus({ preventScroll: true });
}

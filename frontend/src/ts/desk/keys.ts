import { mayActOn } from "./shortcuts";

/**
 * Number keys choose in the focused `[data-keys]` group, or in the page's first one.
 *
 * The physical key counts, so that the top row of a French keyboard works without Shift.
 */
export function chooseWithNumberKeys(): void {
  document.addEventListener("keydown", (event) => {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    if (!digit || !mayActOn(event)) return;
    const group =
      document.activeElement?.closest("[data-keys]") ?? document.querySelector("[data-keys]");
    const input = group?.querySelector<HTMLInputElement>(`input[data-key="${digit}"]`);
    if (!input || input.disabled) return;
    event.preventDefault();
    input.focus();
    input.click();
  });
}

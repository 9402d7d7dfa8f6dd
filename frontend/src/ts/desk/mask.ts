import { mayActOn } from "./shortcuts";

/** The H key presses the button of the discreet mode, which every page has (app/discreet). */
export function maskWithOneKey(): void {
  document.addEventListener("keydown", (event) => {
    if (event.code !== "KeyH" || !mayActOn(event)) return;
    const button = document.querySelector<HTMLElement>("form[data-discreet-toggle] button");
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}

import { mayActOn } from "./shortcuts";

/** `[data-keyboard-help]`, or the « ? » key, opens the list of keys. */
export function showKeys(): void {
  const button = document.querySelector<HTMLElement>("[data-keyboard-help]");
  const dialog = document.querySelector<HTMLDialogElement>("dialog[data-keyboard-dialog]");
  if (!button || !dialog) return;
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || !mayActOn(event)) return;
    event.preventDefault();
    dialog.showModal();
  });
}

/** `[data-stepper]`: its two `[data-step]` buttons move the number input by one. */
export function stepNumbers(): void {
  for (const stepper of document.querySelectorAll<HTMLElement>("[data-stepper]")) {
    for (const button of stepper.querySelectorAll<HTMLButtonElement>("[data-step]")) {
      button.hidden = false;
    }
  }
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-step]");
    const input = button?.closest("[data-stepper]")?.querySelector<HTMLInputElement>("input");
    if (!button || !input) return;
    if (Number(button.dataset.step) < 0) input.stepDown();
    else input.stepUp();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

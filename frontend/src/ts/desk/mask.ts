import { mayActOn } from "./shortcuts";

const REMEMBERED = "entremise.masked";

/** `[data-mask-toggle="id"]`, or the H key, hides that block from the public; remembered until the tab closes. */
export function maskWithOneKey(): void {
  const button = document.querySelector<HTMLElement>("[data-mask-toggle]");
  const block = document.getElementById(button?.dataset.maskToggle ?? "");
  if (!button || !block) return;
  const label = button.querySelector<HTMLElement>("[data-label]") ?? button;
  const hide = label.textContent ?? "";
  const show = button.dataset.labelMasked ?? hide;

  const apply = (masked: boolean): void => {
    block.classList.toggle("is-masked", masked);
    button.setAttribute("aria-expanded", String(!masked));
    label.textContent = masked ? show : hide;
    sessionStorage.setItem(REMEMBERED, masked ? "yes" : "no");
  };
  const toggle = (): void => apply(!block.classList.contains("is-masked"));

  button.hidden = false;
  button.setAttribute("aria-controls", block.id);
  apply(sessionStorage.getItem(REMEMBERED) === "yes");
  button.addEventListener("click", toggle);
  document.addEventListener("keydown", (event) => {
    if (event.code !== "KeyH" || !mayActOn(event)) return;
    event.preventDefault();
    toggle();
  });
}

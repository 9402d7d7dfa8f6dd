/** Closes the phone's menu when a link of it leads elsewhere in the same page or is followed and come back from. */
export function closeMenuAfterMove(): void {
  const menu = document.querySelector<HTMLElement>(".rail-menu[popover]");
  if (!menu || typeof menu.hidePopover !== "function") return;
  const close = (): void => {
    if (menu.matches(":popover-open")) menu.hidePopover();
  };
  menu.addEventListener("click", (event) => {
    if ((event.target as Element).closest("a")) close();
  });
  window.addEventListener("pageshow", close);
}

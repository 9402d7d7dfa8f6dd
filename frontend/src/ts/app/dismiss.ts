/** `[data-dismiss]` removes the toast it stands in. Nothing disappears by itself. */
export function dismissOnClick(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-dismiss]");
    button?.closest(".toast")?.remove();
  });
}

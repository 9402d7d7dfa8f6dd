/** `[data-print]` prints the page; it stays hidden where nothing could answer the click. */
export function printOnClick(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) button.hidden = false;
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-print]")) window.print();
  });
}

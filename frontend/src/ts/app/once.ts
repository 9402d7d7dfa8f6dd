/** `form[data-once]` is sent once: a second submit is refused until the page comes back. */
export function submitOnce(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || !form.matches("form[data-once]")) return;
    if (form.getAttribute("aria-busy") === "true") event.preventDefault();
    else form.setAttribute("aria-busy", "true");
  });
  const release = (): void => {
    for (const form of document.querySelectorAll("form[data-once][aria-busy]")) {
      form.removeAttribute("aria-busy");
    }
  };
  window.addEventListener("pageshow", release);
}

/**
 * The back button leads to the visit that was sent, not to a new one.
 *
 * The history entry remembers the identifier it sent: a page fetched again by the browser takes it
 * back, so that sending it once more is recognised by the server.
 */
export function keepTheSameVisit(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-desk]")) {
    const field = form.elements.namedItem("act");
    if (!(field instanceof HTMLInputElement)) continue;
    form.addEventListener("submit", () => {
      history.replaceState({ ...(history.state as object | null), act: field.value }, "");
    });
    window.addEventListener("pageshow", () => {
      const sent = (history.state as { act?: string } | null)?.act;
      if (sent) field.value = sent;
    });
  }
}

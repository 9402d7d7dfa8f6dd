const SENT = "entremise.sent";
const RECORDED = "entremise.recorded";
const REMEMBERED_AT_MOST = 50;

function recorded(): string[] {
  return JSON.parse(sessionStorage.getItem(RECORDED) ?? "[]") as string[];
}

/** What was sent, and where: the correction of a visit is not the visit. */
function sending(form: HTMLFormElement, act: string): string {
  return `${act} ${form.getAttribute("action") ?? location.pathname}`;
}

/** A fresh form with another identifier says that the visit sent before was taken in. */
function noteWhatWasRecorded(fresh: string): void {
  const sent = sessionStorage.getItem(SENT);
  if (!sent || sent.startsWith(`${fresh} `)) return;
  sessionStorage.removeItem(SENT);
  sessionStorage.setItem(RECORDED, JSON.stringify([...recorded(), sent].slice(-REMEMBERED_AT_MOST)));
}

/**
 * The back button leads to the visit that was sent, not to a new one.
 *
 * The history entry remembers the identifier it sent: a page fetched again by the browser takes it
 * back, so that sending it once more is recognised by the server. Once recorded, its answers are
 * gone: nothing of a person is left for the next one. Not recorded (the line was cut), they stay.
 */
export function keepTheSameVisit(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-desk]")) {
    const field = form.elements.namedItem("act");
    if (!(field instanceof HTMLInputElement)) continue;
    form.addEventListener("submit", () => {
      sessionStorage.setItem(SENT, sending(form, field.value));
      history.replaceState({ ...(history.state as object | null), act: field.value }, "");
    });
    window.addEventListener("pageshow", () => {
      const sent = (history.state as { act?: string } | null)?.act;
      if (!sent) return noteWhatWasRecorded(field.value);
      if (recorded().includes(sending(form, sent))) form.reset();
      field.value = sent;
      form.dispatchEvent(new Event("change"));
    });
  }
}

interface Finding {
  severity: "refused" | "ask";
  sentence: string;
}

const PAUSE = 300; // milliseconds without a key before the server is asked

/** Shows each sentence once; a region that says the same thing again is left alone. */
function say(region: HTMLElement, findings: Finding[]): void {
  const sentences = [...new Set(findings.map((finding) => finding.sentence))];
  const said = Array.from(region.children, (line) => line.textContent);
  if (said.join("\n") === sentences.join("\n")) return;
  region.replaceChildren(
    ...sentences.map((sentence) => {
      const line = document.createElement("p");
      line.textContent = sentence;
      return line;
    }),
  );
}

function watch(guard: HTMLElement): void {
  const field = guard.querySelector("textarea");
  const region = guard.querySelector<HTMLElement>("[data-guard-said]");
  const reason = guard.querySelector<HTMLElement>("[data-guard-reason]");
  const count = guard.querySelector<HTMLElement>("[data-guard-count]");
  const token = field?.form?.querySelector<HTMLInputElement>("[name='csrfmiddlewaretoken']");
  if (!field || !region || !reason || !token) return;
  const atFirst = count?.textContent ?? "";
  let timer = 0;
  let asking = new AbortController();

  const show = (findings: Finding[]): void => {
    say(region, findings);
    const asks = findings.length > 0 && findings.every((finding) => finding.severity === "ask");
    reason.hidden = !asks && !reason.querySelector(".has-error");
  };
  const ask = async (): Promise<void> => {
    asking = new AbortController();
    try {
      const answer = await fetch(guard.dataset.guard ?? "", {
        method: "POST",
        body: new URLSearchParams({ text: field.value, csrfmiddlewaretoken: token.value }),
        redirect: "error",
        signal: asking.signal,
      });
      if (answer.ok) show(((await answer.json()) as { findings: Finding[] }).findings);
    } catch {
      // Nothing to say: the answer came too late, or the server will check again when recording.
    }
  };
  const measure = (): void => {
    if (!count) return;
    const left = String(field.maxLength - field.value.length);
    count.textContent = field.value ? (count.dataset.left ?? "").replace("#", left) : atFirst;
  };
  const tell = (): void => {
    window.clearTimeout(timer);
    asking.abort();
    measure();
    if (field.value.trim()) timer = window.setTimeout(() => void ask(), PAUSE);
    else show([]);
  };
  field.addEventListener("input", tell);
  if (guard.querySelector(".has-error")) measure(); // the page already says what was seen
  else if (field.value) tell();
}

/** `[data-guard="address"]`: says while typing what in the note could name a person. */
export function guardNotes(): void {
  for (const guard of document.querySelectorAll<HTMLElement>("[data-guard]")) watch(guard);
}

/** What an answer opens: the list behind « autre », the questions it calls, the register it earns. */

const PARTS = ["theme", "operator", "nature", "explanation"] as const;

function value(form: HTMLFormElement, name: string): string {
  const field = form.elements.namedItem(name);
  return field instanceof RadioNodeList ? field.value : ((field as HTMLInputElement | null)?.value ?? "");
}

/** What the favourite tells of a part of its request. */
function favoured(form: HTMLFormElement, name: string): string {
  const [prefix = "", part = ""] = name.split("-");
  const told = value(form, `${prefix}-favourite`).split("|");
  return told.length === PARTS.length ? (told[PARTS.indexOf(part as (typeof PARTS)[number])] ?? "") : "";
}

/** What is told of a request: what is chosen on its own comes before the favourite's part. */
function told(form: HTMLFormElement, name: string): string {
  const chip = value(form, name);
  const own = chip === "" || chip === "other" ? value(form, `${name}_other`) : chip;
  return own || favoured(form, name);
}

function show(block: HTMLElement, visible: boolean): void {
  block.hidden = !visible && !block.querySelector(".has-error");
}

function earns(form: HTMLFormElement, clears: string): boolean {
  const count = Number(value(form, "requests")) || 1;
  const refused = form.querySelector<HTMLInputElement>("input[name='no_register']")?.checked ?? false;
  if (refused || ["sale", "failed_contact"].includes(value(form, "kind"))) return false;
  return Array.from({ length: count }, (_, rank) => `r${rank}-`).some(
    (part) =>
      told(form, `${part}nature`) === clears &&
      told(form, `${part}explanation`) !== "" &&
      ["", "mediation"].includes(value(form, `${part}frame`)),
  );
}

/** The chips that the favourite stands for are marked, without being chosen. */
function markFavoured(form: HTMLFormElement): void {
  for (const input of form.querySelectorAll<HTMLInputElement>(".precise input[type='radio']")) {
    const implied = value(form, input.name) === "" && favoured(form, input.name) === input.value;
    input.closest(".chip")?.classList.toggle("implied", implied);
  }
}

function update(form: HTMLFormElement): void {
  for (const block of form.querySelectorAll<HTMLElement>("[data-other-of]")) {
    const chosen = value(form, block.dataset.otherOf ?? "");
    const select = block.querySelector("select");
    show(block, chosen === "other" || (chosen === "" && select?.value !== ""));
  }
  for (const block of form.querySelectorAll<HTMLElement>("[data-shown-with]")) {
    const [name = "", wanted] = (block.dataset.shownWith ?? "").split("=");
    show(block, told(form, name) === wanted);
  }
  markFavoured(form);
  const line = form.querySelector<HTMLElement>("[data-register]");
  if (!line) return;
  const three = earns(form, line.dataset.clears ?? "");
  line.classList.toggle("earned", three);
  for (const [hook, visible] of [["[data-register-3]", three], ["[data-register-none]", !three]] as const) {
    const part = line.querySelector<HTMLElement>(hook);
    if (part) part.hidden = !visible;
  }
}

/** A second click on an optional answer takes it back: untouched means « non renseigné ». */
function takeBack(form: HTMLFormElement): void {
  let before: HTMLInputElement | null = null;
  form.addEventListener("pointerdown", (event) => {
    const input = (event.target as Element).closest("label")?.querySelector<HTMLInputElement>("input[type='radio']");
    before = input?.checked ? input : null;
  });
  form.addEventListener("click", (event) => {
    if (!(event.target instanceof HTMLInputElement) || event.target !== before || event.target.required) return;
    before.checked = false;
    before = null;
    update(form);
  });
}

export function showWhatIsTold(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-desk]")) {
    form.addEventListener("change", () => update(form));
    window.addEventListener("pageshow", () => update(form));
    takeBack(form);
    update(form);
  }
}

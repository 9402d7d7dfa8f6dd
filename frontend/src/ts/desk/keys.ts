import { mayActOn } from "./shortcuts";

/** The digit of a key by its place, so that the top row of a French keyboard works without Shift. */
function digitOf(event: KeyboardEvent): string | undefined {
  return /^(?:Digit|Numpad)([0-9])$/.exec(event.code)?.[1];
}

/** The group in focus; the page's first one while nothing is. */
function groupInFocus(): HTMLElement | null {
  const focused = document.activeElement;
  if (focused && focused !== document.body && focused.id !== "main") return focused.closest("[data-keys]");
  return document.querySelector("[data-keys]");
}

function choose(input: HTMLInputElement | null): void {
  if (!input || input.disabled) return;
  input.focus();
  if (input.type === "radio" && input.checked) return;
  input.click();
}

/** The row that a first digit picked, until the second one or until the focus leaves. */
function pickRow(grid: HTMLElement, row: HTMLElement | null): void {
  for (const picked of grid.querySelectorAll(".is-picked")) picked.classList.remove("is-picked");
  row?.classList.add("is-picked");
  const status = grid.querySelector<HTMLElement>("[data-grid-status]");
  const name = row?.querySelector(".full")?.textContent ?? "";
  if (status) status.textContent = row ? `${name}, ${status.dataset.then ?? ""}` : "";
}

function cellOf(grid: HTMLElement, keys: string): HTMLInputElement | null {
  return grid.querySelector<HTMLInputElement>(`input[data-cell="${keys}"]`);
}

function chooseCell(grid: HTMLElement, digit: string): void {
  const picked = grid.querySelector<HTMLElement>(".is-picked");
  const whole = cellOf(grid, picked ? `${picked.dataset.row ?? ""}${digit}` : digit);
  if (whole) {
    pickRow(grid, null);
    choose(whole);
  } else if (!picked) {
    pickRow(grid, grid.querySelector<HTMLElement>(`[data-row="${digit}"]`));
  }
}

/** Up and down keep the column of the grid; left and right stay the browser's. */
function moveInGrid(event: KeyboardEvent): void {
  const input = event.target as HTMLInputElement;
  const [row, column] = input.dataset.cell ?? "";
  const grid = input.closest<HTMLElement>("[data-grid]");
  if (!grid || !row || !column || event.ctrlKey || event.altKey || event.metaKey) return;
  const next = cellOf(grid, `${Number(row) + (event.key === "ArrowDown" ? 1 : -1)}${column}`);
  event.preventDefault();
  choose(next);
}

/** Takes an optional answer back: untouched means « non renseigné ». */
function takeBack(event: KeyboardEvent): void {
  const input = event.target as HTMLInputElement;
  if (input.type !== "radio" || !input.checked || input.required) return;
  event.preventDefault();
  input.checked = false;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Number keys choose in the focused `[data-keys]` group; two of them choose in a `[data-grid]`. */
export function chooseWithNumberKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (!(event.target instanceof HTMLElement)) return;
    if (["ArrowUp", "ArrowDown"].includes(event.key)) return moveInGrid(event);
    if (!mayActOn(event)) return;
    if (event.key === "Backspace") return takeBack(event);
    const digit = digitOf(event);
    const group = digit ? groupInFocus() : null;
    if (!digit || !group) return;
    event.preventDefault();
    if (group.hasAttribute("data-grid")) chooseCell(group, digit);
    else choose(group.querySelector<HTMLInputElement>(`input[data-key="${digit}"]`));
  });
  for (const grid of document.querySelectorAll<HTMLElement>("[data-grid]")) {
    grid.addEventListener("focusout", (event) => {
      if (!grid.contains(event.relatedTarget as Node | null)) pickRow(grid, null);
    });
    grid.addEventListener("pointerdown", () => pickRow(grid, null));
  }
}

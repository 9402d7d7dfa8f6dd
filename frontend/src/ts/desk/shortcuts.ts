const TYPED = new Set(["checkbox", "radio", "button", "submit", "reset", "range", "color", "file"]);

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return !TYPED.has(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** Whether a single key may act: shortcuts are on, no modifier is held, nobody is typing, no dialog is open. */
export function mayActOn(event: KeyboardEvent): boolean {
  if (document.body.dataset.shortcuts === "off") return false;
  if (event.defaultPrevented || event.repeat || event.isComposing) return false;
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  return !isTyping(event.target) && !document.querySelector("dialog[open]");
}

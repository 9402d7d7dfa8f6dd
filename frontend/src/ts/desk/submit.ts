/** Ctrl+Enter (or ⌘ Enter) records the form in focus, or the page's `form[data-primary]`. */
export function submitWithControlEnter(): void {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || !["Enter", "NumpadEnter"].includes(event.code)) return;
    if (event.repeat || document.querySelector("dialog[open]")) return;
    const form =
      document.activeElement?.closest("form") ??
      document.querySelector<HTMLFormElement>("form[data-primary]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

/** Asks `[data-confirm]` (on a form or its button) in the page's own dialog before submitting. */
export function confirmBeforeSubmit(): void {
  const dialog = document.querySelector<HTMLDialogElement>("dialog[data-confirm-dialog]");
  if (!dialog) return;
  const question = dialog.querySelector<HTMLElement>("[data-confirm-question]");
  const consequence = dialog.querySelector<HTMLElement>("[data-confirm-consequence]");
  const yes = dialog.querySelector<HTMLElement>('button[value="yes"]');
  if (!question || !consequence || !yes) return;
  const usualYes = yes.textContent;
  let confirmed: HTMLFormElement | null = null;

  const ask = (event: SubmitEvent): void => {
    const form = event.target as HTMLFormElement;
    const submitter = event.submitter;
    const source = [submitter, form].find((element) => element?.dataset.confirm);
    if (!source) return;
    if (confirmed === form) {
      confirmed = null;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    question.textContent = source.dataset.confirm ?? "";
    consequence.textContent = source.dataset.confirmConsequence ?? "";
    yes.textContent = source.dataset.confirmYes ?? usualYes;
    dialog.returnValue = "";
    dialog.addEventListener(
      "close",
      () => {
        if (dialog.returnValue !== "yes") return;
        confirmed = form;
        form.requestSubmit(submitter);
      },
      { once: true },
    );
    dialog.showModal();
  };
  document.addEventListener("submit", ask, { capture: true });
}

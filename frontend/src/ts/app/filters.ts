const RETURN_TO = "entremise.filter";

/**
 * `[data-autosubmit]` sends its form when a choice changes, and the focus is on that choice again afterwards.
 * `form[data-filters]` keeps empty answers out of the URL.
 */
export function submitFilters(): void {
  const last = sessionStorage.getItem(RETURN_TO);
  sessionStorage.removeItem(RETURN_TO);
  if (last) document.getElementById(last)?.focus({ preventScroll: true });

  document.addEventListener("change", (event) => {
    const field = event.target as HTMLInputElement | HTMLSelectElement;
    if (!field.closest("[data-autosubmit]")) return;
    sessionStorage.setItem(RETURN_TO, field.id);
    field.form?.requestSubmit();
  });
  document.addEventListener("formdata", (event) => {
    if (!(event.target as Element).matches("form[data-filters]")) return;
    const answers = event.formData;
    for (const name of new Set(answers.keys())) {
      const kept = answers.getAll(name).filter((answer) => answer !== "");
      answers.delete(name);
      for (const answer of kept) answers.append(name, answer);
    }
  });
}

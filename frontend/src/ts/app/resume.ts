/** `form[data-resume]`, a form that waited for a sign-in or an unlocking, sends itself once. */
export function resumeWhatWaited(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-resume]");
  // A field may bear the name of a method: the prototype's own is called.
  if (form) HTMLFormElement.prototype.requestSubmit.call(form);
}

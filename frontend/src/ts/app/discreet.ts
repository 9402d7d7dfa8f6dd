const COOKIE = "entremise_discreet";

/**
 * `form[data-discreet-toggle]`, or the nearer `[data-mask-toggle]`, hides what the public could read.
 *
 * A cookie remembers it until the browser closes, so that the server draws the next page hidden.
 */
export function hideFromThePublic(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-discreet-toggle]");
  if (!form) return;
  const root = document.documentElement;
  const near = document.querySelector<HTMLElement>("[data-mask-toggle]");
  const label = near?.querySelector<HTMLElement>("[data-label]");
  const hide = label?.textContent ?? "";

  const show = (discreet: boolean): void => {
    root.classList.toggle("is-discreet", discreet);
    form.querySelector("button")?.setAttribute("aria-pressed", String(discreet));
    near?.setAttribute("aria-expanded", String(!discreet));
    if (label) label.textContent = discreet ? (near?.dataset.labelMasked ?? hide) : hide;
  };
  const isKept = (): boolean => document.cookie.split("; ").includes(`${COOKIE}=1`);
  const toggle = (): void => {
    const discreet = !root.classList.contains("is-discreet");
    const secure = location.protocol === "https:" ? "; Secure" : "";
    const life = discreet ? "" : "; max-age=0";
    document.cookie = `${COOKIE}=1; path=/; SameSite=Lax${secure}${life}`;
    show(discreet);
  };

  if (near) near.hidden = false;
  show(isKept());
  window.addEventListener("pageshow", () => show(isKept()));
  near?.addEventListener("click", toggle);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    toggle();
  });
}

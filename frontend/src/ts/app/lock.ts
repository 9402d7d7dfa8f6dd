const SEEN = "entremise.seen";
const LOCKED = "entremise.locked";
const SAY_SO = 30_000; // ms between two words to the server
const LOOK = 1_000;

/**
 * Covers the page when nobody has touched the keyboard or the pointer for the minutes of
 * `dialog[data-lock-cover]`, or at once with `form[data-lock-now]`; every tab follows.
 *
 * The server locks by itself: this hides the page meanwhile and opens it again in place, with
 * everything typed.
 */
export function lockWhenIdle(): void {
  if (document.querySelector("[data-locked]")) localStorage.setItem(LOCKED, "yes");
  const cover = document.querySelector<HTMLDialogElement>("dialog[data-lock-cover]");
  const form = cover?.querySelector<HTMLFormElement>("form[data-unlock]");
  if (!cover || !form) return;
  const { minutes = "0", lockUrl = "", seenUrl = "", noAnswer = "" } = cover.dataset;
  const patience = Number(minutes) * 60_000;
  let told = Date.now();

  const hide = (): void => {
    document.documentElement.classList.add("is-locked");
    if (!cover.open) cover.showModal();
  };
  const show = (): void => {
    document.documentElement.classList.remove("is-locked");
    form.reset();
    said(form, "");
    cover.close();
  };
  const isHidden = (): boolean => document.documentElement.classList.contains("is-locked");
  const lock = (): void => {
    localStorage.setItem(LOCKED, "yes");
    hide();
    void post(lockUrl, new FormData(form));
  };
  const use = (): void => {
    if (isHidden()) return;
    const now = Date.now();
    if (now - Number(localStorage.getItem(SEEN)) > patience) return; // the next look will lock
    localStorage.setItem(SEEN, String(now));
    if (now - told < SAY_SO) return;
    told = now;
    void fetch(seenUrl, { headers: { "X-Requested-With": "fetch" } }).catch(() => undefined);
  };
  const unlock = async (): Promise<void> => {
    const answer = await post(form.action, new FormData(form));
    if (answer?.status === 204) {
      localStorage.setItem(SEEN, String(Date.now()));
      localStorage.removeItem(LOCKED);
      show();
    } else if (answer?.status === 422) {
      said(form, await answer.text());
      form.querySelector<HTMLInputElement>("fieldset:not([disabled]) input[type='password']")?.select();
    } else if (answer) location.reload(); // somebody else's session, or none: the server asks
    else said(form, noAnswer);
  };

  const [visited] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (visited?.type === "back_forward" && localStorage.getItem(LOCKED)) hide();
  else {
    localStorage.removeItem(LOCKED); // the server gave this page: it is open
    localStorage.setItem(SEEN, String(told));
  }
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && localStorage.getItem(LOCKED)) hide();
  });
  window.addEventListener("storage", (event) => {
    if (event.key !== LOCKED) return;
    if (event.newValue) hide();
  });
  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel"]) {
    document.addEventListener(kind, use, { passive: true });
  }
  window.setInterval(() => {
    if (!isHidden() && Date.now() - Number(localStorage.getItem(SEEN)) > patience) lock();
  }, LOOK);

  cover.addEventListener("close", () => {
    if (isHidden()) cover.showModal(); // Escape closes a dialog, not a lock
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void unlock();
  });
  cover.querySelector("[data-other-proof]")?.addEventListener("click", () => {
    for (const proof of cover.querySelectorAll<HTMLFieldSetElement>("[data-proof]")) {
      proof.hidden = proof.disabled = !proof.disabled;
    }
    cover.querySelector<HTMLInputElement>("fieldset:not([disabled]) input[type='password']")?.focus();
  });
  document.querySelector("form[data-lock-now]")?.addEventListener("submit", (event) => {
    event.preventDefault();
    lock();
  });
}

/** Sends a form from the page; the secret is the cookie's, which another tab may have changed. */
async function post(url: string, body: FormData): Promise<Response | null> {
  const secret = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  if (secret) body.set("csrfmiddlewaretoken", secret);
  const headers = { "X-Requested-With": "fetch" };
  return fetch(url, { method: "POST", body, headers, keepalive: true }).catch(() => null);
}

function said(form: HTMLFormElement, text: string): void {
  const line = form.querySelector<HTMLElement>("[data-unlock-error]");
  if (!line) return;
  line.textContent = text;
  line.hidden = !text;
}

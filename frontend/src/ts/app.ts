// What every page shares: style sheet, guards on forms, confirmation, copy, print, toasts.
import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "@fontsource-variable/bricolage-grotesque/wght.css";
import "../scss/app.scss";

import { confirmBeforeSubmit } from "./app/confirm";
import { copyOnClick } from "./app/copy";
import { hideFromThePublic } from "./app/discreet";
import { dismissOnClick } from "./app/dismiss";
import { submitFilters } from "./app/filters";
import { focusFirst } from "./app/focus";
import { lockWhenIdle } from "./app/lock";
import { closeMenuAfterMove } from "./app/menu";
import { submitOnce } from "./app/once";
import { printOnClick } from "./app/print";
import { resumeWhatWaited } from "./app/resume";

lockWhenIdle(); // first: a page that comes back locked is covered before anything else
hideFromThePublic();
confirmBeforeSubmit(); // before submitOnce: an unconfirmed form is not under way
submitOnce();
submitFilters();
copyOnClick();
dismissOnClick();
printOnClick();
closeMenuAfterMove();
focusFirst();
resumeWhatWaited();

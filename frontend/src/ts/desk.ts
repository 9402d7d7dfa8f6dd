import { showKeys } from "./desk/help";
import { chooseWithNumberKeys } from "./desk/keys";
import { maskWithOneKey } from "./desk/mask";
import { keepTheSameVisit } from "./desk/same";
import { startOnFavourites } from "./desk/start";
import { stepNumbers } from "./desk/stepper";
import { submitWithControlEnter } from "./desk/submit";
import { showWhatIsTold } from "./desk/told";
import { guardNotes } from "./guard/note";

chooseWithNumberKeys();
submitWithControlEnter();
maskWithOneKey();
stepNumbers();
showWhatIsTold();
keepTheSameVisit();
showKeys();
guardNotes();
startOnFavourites();

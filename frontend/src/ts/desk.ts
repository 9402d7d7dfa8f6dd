import { chooseWithNumberKeys } from "./desk/keys";
import { maskWithOneKey } from "./desk/mask";
import { keepTheSameVisit } from "./desk/same";
import { stepNumbers } from "./desk/stepper";
import { submitWithControlEnter } from "./desk/submit";
import { showWhatIsTold } from "./desk/told";

chooseWithNumberKeys();
submitWithControlEnter();
maskWithOneKey();
stepNumbers();
showWhatIsTold();
keepTheSameVisit();

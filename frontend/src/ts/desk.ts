// What makes recording fast: number keys, Ctrl+Enter, steppers, revealed blocks, the mask.
import { chooseWithNumberKeys } from "./desk/keys";
import { maskWithOneKey } from "./desk/mask";
import { revealBlocks } from "./desk/reveals";
import { keepTheSameVisit } from "./desk/same";
import { stepNumbers } from "./desk/stepper";
import { submitWithControlEnter } from "./desk/submit";
import { showWhatIsTold } from "./desk/told";

chooseWithNumberKeys();
submitWithControlEnter();
maskWithOneKey();
stepNumbers();
revealBlocks();
showWhatIsTold();
keepTheSameVisit();

"""The allowed moves of an uploaded file."""

from entremise.foundation.imports.enums import BatchState as S

MOVES = {
    S.UPLOADED: {S.CHECKED, S.DONE},
    S.CHECKED: {S.CHECKED, S.DONE},
    S.DONE: {S.UNDONE},
    S.UNDONE: set(),
}

"""What is done to acts, days, months and local tags."""

from entremise.practice.activity.operations.acts import (
    content_of,
    correct_activity,
    note_of,
    record_activity,
    undo_activity,
)
from entremise.practice.activity.operations.closings import close_month
from entremise.practice.activity.operations.reviews import review_day
from entremise.practice.activity.operations.tags import keep_local_tag

__all__ = [
    "close_month",
    "content_of",
    "correct_activity",
    "keep_local_tag",
    "note_of",
    "record_activity",
    "review_day",
    "undo_activity",
]

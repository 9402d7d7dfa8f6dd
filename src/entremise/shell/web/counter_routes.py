"""What a shared counter lets through: which forms wait for a sign-in, which pages a short code
opens, which answer while the counter is locked. Names of routes, read by the middleware.
"""

# Forms typed before the public: they wait for a sign-in or an unlocking, and are safe to send
# again, since each carries its own identifier or version.
KEPT = frozenset({"record_visit", "correct_act", "record_wave", "enter_sheet"})

# Everything else asks a session opened by a short code for the password (decisions.md 33).
COUNTER = frozenset({"change_person", "lock", "unlock", "confirm_password", "still_here"})
BY_CODE = (
    KEPT
    | COUNTER
    | {
        "front_door",
        "today",
        "acts",
        "act",
        "undo_act",
        "my_activity",
        "tally_sheet",
        "check_note",
        "discreet_mode",
        "roles",
        "set_language",
        "account_logout",
    }
)

# A locked counter still changes hands, is unlocked or is closed.
WHILE_LOCKED = frozenset({"change_person", "lock", "unlock", "set_language", "account_logout"})

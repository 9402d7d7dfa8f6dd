"""What the network asks or tells upper floors, which subscribe at start-up."""

from collections.abc import Callable, Collection
from uuid import UUID

SiteUseCheck = Callable[[Collection[UUID]], bool]
site_use_checks: list[SiteUseCheck] = []


def register_site_use_check(check: SiteUseCheck) -> None:
    """Add a question put before places are removed: is anything recorded in one of them?"""
    if check not in site_use_checks:
        site_use_checks.append(check)


def sites_are_used(site_ids: Collection[UUID]) -> bool:
    """True when an upper floor holds something recorded in one of the places."""
    return any(check(site_ids) for check in site_use_checks)


FirstActCheck = Callable[[UUID], bool]
first_act_checks: list[FirstActCheck] = []


def register_first_act_check(check: FirstActCheck) -> None:
    """Add a question of the first steps: has this structure recorded an act?"""
    if check not in first_act_checks:
        first_act_checks.append(check)

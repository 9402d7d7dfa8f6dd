"""The accounts to look around with: one a role, all with the same password, this demo only."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.contrib.auth.hashers import make_password

from entremise.demo import chance
from entremise.demo.parameters import Parameters
from entremise.demo.plan import DESK_CAST, SitePlan, StructurePlan
from entremise.foundation.accounts.models import User
from entremise.ground.network.enums import Role, Scope, Status
from entremise.ground.network.models import Membership
from entremise.ground.network.roles import ROLES

PASSWORD = "demo-entremise-68"  # noqa: S105 -- shown on purpose: it opens nothing but the demo
SHORT_CODE = "480915"  # takes a shared counter over, in this demo only
FILE = "demo-accounts.json"
# Role, account and name, beside the mediators of the plan.
CAST: tuple[tuple[Role, str, str], ...] = (
    (Role.RECEPTION, "accueil", "Hakim Belkhamis"),
    (Role.SITE_LEAD, "responsable", "Perrine Vauclerin"),
    (Role.DIRECTOR, "direction", "Odile Fontagnol"),
    (Role.QUALITY, "qualite", "Tanguy Kerambriz"),
    (Role.NETWORK_HEAD, "siege", "Mariam Diarranko"),
    (Role.INTERNAL_AUDITOR, "audit-interne", "Léopold Rambervaux"),
    (Role.AUDITOR, "audit", "Violaine Saintorens"),
    (Role.FUNDER, "financeur", "Alban Loubressac"),
    (Role.DPO, "dpo", "Inès Palvadeau"),
    (Role.ADMIN, "admin", "Joachim Noirvache"),
)


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """What one needs to sign in, and for which structure one then acts."""

    role: str
    username: str
    password: str
    structure: str
    short_code: str = SHORT_CODE


def write_accounts(
    plan: Sequence[StructurePlan], parameters: Parameters, *, by: User, at: datetime
) -> None:
    """Write the accounts beside the desk and their memberships, inside the caller's transaction."""
    rng = chance.generator(parameters.seed, 9)
    hashed = make_password(PASSWORD)
    for role, username, full_name in CAST:
        user = account_to_sign_in(chance.random_uuid(rng), username, full_name, hashed, at)
        user.save(force_insert=True)
        _hold(chance.random_uuid(rng), user, role, plan[0].sites[0], parameters, by=by, at=at)


def account_to_sign_in(pk: UUID, username: str, full_name: str, hashed: str, at: datetime) -> User:
    """Return an account of the demo with its password, not saved."""
    return User(
        id=pk,
        username=username,
        full_name=full_name,
        email=f"{username}@demo.example",
        password=hashed,
        short_code=_hashed_code(),
        short_code_set_at=at,
        demo_only=True,
        joined_at=at,
    )


@lru_cache(maxsize=1)
def _hashed_code() -> str:
    return make_password(SHORT_CODE)


def demo_accounts(plan: Sequence[StructurePlan]) -> list[DemoAccount]:
    """Return the accounts that one may sign in with, mediators first."""
    names = {structure.place.trait: structure.place.name for structure in plan}
    desk = [
        DemoAccount(
            Role.MEDIATOR.value, username, PASSWORD, " ; ".join(names[trait] for trait in traits)
        )
        for username, _name, traits in DESK_CAST
    ]
    others = [
        DemoAccount(
            role.value,
            username,
            PASSWORD,
            "" if ROLES[role].scope is Scope.NETWORK else plan[0].place.name,
        )
        for role, username, _name in CAST
    ]
    return [*desk, *others]


def write_file(folder: Path, accounts: Sequence[DemoAccount]) -> Path:
    """Write the accounts for a program to read; return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    written = [asdict(account) for account in accounts]
    path.write_text(json.dumps(written, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def _hold(
    pk: UUID,
    user: User,
    role: Role,
    site: SitePlan,
    parameters: Parameters,
    *,
    by: User,
    at: datetime,
) -> None:
    scope = ROLES[role].scope
    is_visitor = role in {Role.AUDITOR, Role.INTERNAL_AUDITOR}
    Membership.objects.create(
        id=pk,
        user=user,
        role=role,
        status=Status.OTHER,
        structure_id=None if scope is Scope.NETWORK else site.structure,
        site_id=site.id if scope is Scope.SITE else None,
        starts_on=parameters.period.first - timedelta(days=30),
        ends_on=parameters.until + timedelta(days=366) if is_visitor else None,
        invited_at=at,
        invited_by=by,
    )

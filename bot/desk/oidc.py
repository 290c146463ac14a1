"""Signing in at the municipality's own provider with OpenID Connect: code flow with PKCE, state and nonce."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy.exc import IntegrityError

from bot.desk import secrets
from bot.desk.errors import SignInFailed
from bot.handoff.agents import Agents
from bot.logs import logger
from bot.model.people import Role
from bot.settings import Secret
from bot.store import accounts
from bot.store.database import Database

log = logger()

_SCOPE = "openid profile email"
_ROLES: tuple[Role, ...] = ("agent", "lead", "admin")
_ALGORITHMS = ["RS256", "PS256", "ES256"]
"""Signatures with the provider's own key only; never `none`, never our secret."""

_TIMEOUT = httpx.Timeout(8.0, connect=3.0)


@dataclass(frozen=True)
class Provider:
    """The provider as configured; `role_claim` names the claim with our roles or the provider's groups, by `roles`."""

    issuer: str
    client_id: str
    client_secret: Secret
    title: str
    return_to: str
    role_claim: str
    roles: Mapping[str, str]


@dataclass(frozen=True)
class Leaving:
    """What must come back with the agent: kept in a cookie of a few minutes."""

    state: str
    nonce: str
    verifier: str


class OpenIdConnect:
    """One provider for the whole desk."""

    def __init__(self, provider: Provider, database: Database, agents: Agents) -> None:
        """Nothing is asked of the provider yet."""
        self.provider = provider
        self._database, self._agents = database, agents
        self._found: dict[str, Any] | None = None

    async def leave(self) -> tuple[str, Leaving]:
        """The address to send the agent to, and what must come back. Raises SignInFailed when the provider is away."""
        leaving = Leaving(secrets.new_token(), secrets.new_token(), secrets.new_token())
        async with self._client() as client:
            where = await self._discover(client)
        asked = {
            "response_type": "code",
            "client_id": self.provider.client_id,
            "redirect_uri": self.provider.return_to,
            "scope": _SCOPE,
            "state": leaving.state,
            "nonce": leaving.nonce,
            "code_challenge": _challenge(leaving.verifier),
            "code_challenge_method": "S256",
        }
        return str(httpx.URL(where["authorization_endpoint"]).copy_merge_params(asked)), leaving

    async def come_back(self, leaving: Leaving, state: str, code: str) -> UUID:
        """The agent who came back; made at the first time. Raises SignInFailed."""
        if not code or not hmac.compare_digest(state.encode(), leaving.state.encode()):
            raise SignInFailed
        try:
            claims = await self._claims(leaving, code)
        except (httpx.HTTPError, JoseError, KeyError, ValueError) as error:
            log.warning("oidc_failed", error=type(error).__name__)
            raise SignInFailed from error
        role = self._role(claims)
        if role is None:
            log.warning("oidc_without_role")
            raise SignInFailed
        return await self._agent(claims, role)

    async def _claims(self, leaving: Leaving, code: str) -> Mapping[str, Any]:
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.provider.return_to,
            "code_verifier": leaving.verifier,
        }
        async with self._client() as client:
            where = await self._discover(client)
            ours = (self.provider.client_id, self.provider.client_secret.reveal())
            token = (await client.post(where["token_endpoint"], data=asked, auth=ours)).raise_for_status().json()
            keys = (await client.get(where["jwks_uri"])).raise_for_status().json()
        token_claims = jwt.decode(token["id_token"], KeySet.import_key_set(keys), algorithms=_ALGORITHMS).claims
        jwt.JWTClaimsRegistry(
            leeway=60,
            iss={"essential": True, "value": where["issuer"]},
            aud={"essential": True, "value": self.provider.client_id},
            exp={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": leaving.nonce},
        ).validate(token_claims)
        return token_claims

    def _role(self, claims: Mapping[str, Any]) -> Role | None:
        """The highest role that the provider's claim gives; None when it gives none: then there is no way in."""
        value = claims.get(self.provider.role_claim)
        given = {str(item) for item in (value if isinstance(value, list) else [value]) if item}
        mapped = {self.provider.roles.get(item, item) for item in given}
        return next((role for role in reversed(_ROLES) if role in mapped), None)

    async def _agent(self, claims: Mapping[str, Any], role: Role) -> UUID:
        subject = f"{claims['iss']}|{claims['sub']}"
        name = str(claims.get("name") or claims.get("email") or claims["sub"])[:80]
        for _ in range(2):
            async with self._database.transaction() as connection:
                known = await accounts.by_subject(connection, subject)
            if known is not None:
                agent = known.agent
                if not agent.disabled and (agent.name, agent.role) != (name, role):
                    await self._agents.change(agent.id, name, role, agent.skills, agent.most)
                return agent.id
            agent_id = await self._agents.add(name, role)
            try:
                async with self._database.transaction() as connection:
                    await accounts.add(connection, agent_id, str(claims.get("email") or subject), subject)
            except IntegrityError:
                # The same person in two windows, or an address that has a local account: that one is not taken over.
                await self._agents.change(agent_id, name, role, frozenset(), 0, disabled=True)
                continue
            return agent_id
        raise SignInFailed

    @staticmethod
    def _client() -> httpx.AsyncClient:
        return httpx.AsyncClient(timeout=_TIMEOUT)

    async def _discover(self, client: httpx.AsyncClient) -> dict[str, Any]:
        if self._found is None:
            address = f"{self.provider.issuer.rstrip('/')}/.well-known/openid-configuration"
            try:
                found = (await client.get(address)).raise_for_status().json()
                if found["issuer"].rstrip("/") != self.provider.issuer.rstrip("/"):
                    raise SignInFailed
            except (httpx.HTTPError, ValueError, KeyError) as error:
                log.warning("oidc_away", error=type(error).__name__)
                raise SignInFailed from error
            self._found = found
        return self._found


def _challenge(verifier: str) -> str:
    """What the provider is shown of the verifier. (RFC 7636, S256.)"""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()

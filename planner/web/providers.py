"""Agencies' own sign-in (OpenID Connect): which providers there are, what is asked of them, what they answer.

Nothing here knows the database. Every call to a provider ends after five seconds.
"""

import json
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

import requests
from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from planner.errors import Refused, StorageError
from planner.web import plain

PATIENCE_SECONDS = 5
LEEWAY_SECONDS = 60
ALGORITHMS = ["RS256", "PS256", "ES256"]
DISCOVERY = "/.well-known/openid-configuration"
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
NEEDED = ("name", "title", "issuer", "client_id", "client_secret")


@dataclass(frozen=True)
class Provider:
    """One agency's sign-in; `asks_two` says that it asks for a second factor itself, so that we need not."""

    name: str
    title: str
    issuer: str
    client_id: str
    client_secret: str
    asks_two: bool = False


class Asked(NamedTuple):
    """What a browser was sent away with, to be compared with what it brings back."""

    state: str
    nonce: str
    verifier: str


class Identified(NamedTuple):
    issuer: str
    subject: str


def load_providers(path: Path | None) -> dict[str, Provider]:
    """The providers of a TOML file, a `[[provider]]` each; StorageError, and no server, where one lacks something."""
    if path is None:
        return {}
    try:
        rows = tomllib.loads(path.read_text("utf-8")).get("provider", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StorageError(f"PLANNER_OIDC_FILE: {path.name} cannot be read: {error}.") from error
    found = [_provider(number, row) for number, row in enumerate(rows, 1)]
    return {item.name: item for item in found}


def _provider(number: int, row: Mapping[str, Any]) -> Provider:
    missing = [name for name in NEEDED if not isinstance(row.get(name), str) or not row[name]]
    if missing:
        raise StorageError(f"PLANNER_OIDC_FILE: provider {number} lacks {', '.join(missing)}.")
    here = urlsplit(row["issuer"]).hostname in ("127.0.0.1", "localhost")
    if not row["issuer"].startswith("https://") and not here:
        raise StorageError(f"PLANNER_OIDC_FILE: provider {number}: the issuer must be an https address.")
    if not row["name"].isidentifier():
        raise StorageError(f"PLANNER_OIDC_FILE: provider {number}: its name is letters, digits and underscores.")
    named = {name: row[name] for name in NEEDED}
    return Provider(**named, asks_two=row.get("asks_two") is True)


class OwnSignIn:
    """The conversation with one provider; Refused in a plain sentence where it fails."""

    def __init__(self, provider: Provider, back_to: str) -> None:
        self.provider, self.back_to = provider, back_to

    def send_away(self) -> tuple[str, Asked]:
        """Where the browser is sent, and what its answer must agree with."""
        asked = Asked(*(secrets.token_urlsafe(32) for _ in range(3)))
        address, _ = self._client().create_authorization_url(
            self._about()["authorization_endpoint"], state=asked.state, nonce=asked.nonce, code_verifier=asked.verifier
        )
        return str(address), asked

    def identified(self, code: str, asked: Asked) -> Identified:
        """Who came back: the code is exchanged, the token's signature, issuer, audience, time and nonce are checked."""
        about = self._about()
        try:
            token = self._client().fetch_token(
                about["token_endpoint"], code=code, code_verifier=asked.verifier, timeout=PATIENCE_SECONDS
            )
        except Exception as error:
            raise self._trouble("did not take the answer of your browser") from error
        claims = self._claims(str(token.get("id_token", "")), about, nonce=asked.nonce)
        return Identified(self.provider.issuer, str(claims["sub"]))

    def signed_out_subject(self, token: str) -> str:
        """Whom a provider says has signed out (OpenID Connect Back-Channel Logout 1.0, 2.6)."""
        claims = self._claims(token, self._about(), nonce=None)
        if LOGOUT_EVENT not in claims.get("events", {}) or "nonce" in claims:
            raise self._trouble("sent something that is no word of signing out")
        return str(claims["sub"])

    def sign_out_address(self, back: str) -> str | None:
        """Where the browser signs out there as well; None where the provider has no such place or does not answer."""
        try:
            end = self._about().get("end_session_endpoint")
        except Refused:
            return None
        query = {"client_id": self.provider.client_id, "post_logout_redirect_uri": back}
        return f"{end}?{urlencode(query)}" if end else None

    def _client(self) -> OAuth2Session:
        return OAuth2Session(
            self.provider.client_id,
            self.provider.client_secret,
            scope="openid",
            redirect_uri=self.back_to,
            code_challenge_method="S256",
        )

    def _about(self) -> dict[str, Any]:
        about = self._fetched(self.provider.issuer.rstrip("/") + DISCOVERY)
        if about.get("issuer") != self.provider.issuer:
            raise self._trouble("names another issuer than the one it is known by")
        return about

    def _fetched(self, address: str) -> dict[str, Any]:
        try:
            answer = requests.get(address, timeout=PATIENCE_SECONDS)
            answer.raise_for_status()
            found = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise self._trouble("does not answer") from error
        if not isinstance(found, dict):
            raise self._trouble("does not answer in a way that is understood")
        return found

    def _claims(self, token: str, about: dict[str, Any], *, nonce: str | None) -> dict[str, Any]:
        asked = {} if nonce is None else {"nonce": {"essential": True, "value": nonce}, "exp": {"essential": True}}
        registry = jwt.JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self.provider.issuer},
            aud={"essential": True, "value": self.provider.client_id},
            sub={"essential": True},
            **asked,  # type: ignore[arg-type]
        )
        try:
            keys = KeySet.import_key_set(self._fetched(about["jwks_uri"]))  # type: ignore[arg-type]
            claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
            registry.validate(claims)
        except (JoseError, ValueError, KeyError) as error:
            raise self._trouble("sent a token that cannot be trusted") from error
        return claims

    def _trouble(self, what: str) -> Refused:
        return Refused(f"{self.provider.title} {what}. Try again; if it stays so, sign in with a password.")


def packed(asked: Asked) -> str:
    return json.dumps(asked)


def unpacked(kept: str) -> Asked:
    return Asked(*json.loads(kept))


def how_words(provider: Provider) -> str:
    """How the record says that somebody came in."""
    return f"the sign-in of {provider.title}"


def choices(providers: dict[str, Provider], *, wanted: str = "/", invitation: str = "") -> str:
    """A link for each provider, for the sign-in page and for an invitation."""
    link = f"&link={quote(invitation, safe='')}" if invitation else ""
    rows = [
        plain.link(f"/login/with/{name}?next={quote(wanted, safe='')}{link}", f"Sign in with {provider.title}")
        for name, provider in providers.items()
    ]
    return f"<section>{''.join(rows)}</section>" if rows else ""

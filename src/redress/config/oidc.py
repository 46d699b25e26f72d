"""The provider of single sign-on, as the library of accounts wants to be told of it."""

from __future__ import annotations

from typing import Any

from redress.config.environment import Environment

PROVIDER = "house"
"""The word for the provider in addresses: there is one."""


def oidc_providers(environment: Environment) -> dict[str, Any]:
    """Nothing where none is configured: then there is no button and no address."""
    given = environment.oidc
    if given is None:
        return {}
    app = {
        "provider_id": PROVIDER,
        "name": given.name,
        "client_id": given.client_id,
        "secret": given.client_secret,
        "settings": {"server_url": given.issuer},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}

"""Settings from the environment: what fills itself in, and what is refused."""

from __future__ import annotations

import pytest

from bot.errors import ConfigurationError
from bot.settings import load_settings


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, "http://localhost:8000"),
        ({"GATEWAY_PORT": "8100"}, "http://localhost:8100"),
        ({"GATEWAY_PORT": "8100", "PUBLIC_URL": "https://wegwijs.example.nl/"}, "https://wegwijs.example.nl"),
    ],
    ids=["as it comes", "another port", "behind a proxy"],
)
def test_links_lead_to_where_the_gateway_is_reached(environment: dict[str, str], address: str) -> None:
    assert load_settings(environment).public_url == address


def test_a_port_that_is_no_number_is_refused_by_name() -> None:
    with pytest.raises(ConfigurationError, match="GATEWAY_PORT"):
        load_settings({"GATEWAY_PORT": "achtduizend"})


def test_a_secret_never_prints() -> None:
    settings = load_settings({"ENGINE_TOKEN": "a-very-secret-token"})
    assert "a-very-secret-token" not in repr(settings)
    assert settings.require("engine_token").reveal() == "a-very-secret-token"

"""The gateway process: `python -m bot.gateway`."""

from __future__ import annotations

from bot.gateway.app import make_app
from bot.logs import configure_logs
from bot.settings import load_settings
from bot.wiring import build_house


def main() -> None:
    """Serve until stopped."""
    settings = load_settings()
    configure_logs(settings, "gateway")
    app = make_app(build_house(settings))
    app.run(host=settings.gateway_host, port=settings.gateway_port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()

"""What can go wrong when an agent signs in or manages accounts, one class for each thing the page does differently."""

from __future__ import annotations

from bot.gateway.errors import Refused


class SignedOut(Refused):
    """There is no session, or not any more."""

    code, status, text_key = "signed_out", 401, "desk_uitgelogd"


class SignInFailed(Refused):
    """Address, password or code is wrong; which of them is not told."""

    code, status, text_key = "sign_in_failed", 401, "desk_inloggen_mislukt"


class CodeNeeded(Refused):
    """The password is right: the second factor is asked."""

    code, status, text_key = "code_needed", 401, "desk_code_nodig"


class Locked(Refused):
    """Too many wrong tries; `retry_after` says how long."""

    code, status, text_key = "locked", 429, "desk_te_vaak_fout"


class Forbidden(Refused):
    """The role is not enough, or the call did not come from our own page."""

    code, status, text_key = "not_allowed", 403, "desk_mag_niet"


class TotpWanted(Refused):
    """The municipality demands a second factor, and this account has none yet."""

    code, status, text_key = "totp_wanted", 403, "desk_totp_nodig"


class WeakPassword(Refused):
    """The password is too short, too long, or one that everybody tries."""

    code, status, text_key = "weak_password", 422, "desk_wachtwoord_zwak"


class KeyGone(Refused):
    """The key with which second factors are sealed is not there (any more)."""

    code, status, text_key = "key_gone", 503, "desk_sleutel_weg"


class WrongCode(Refused):
    """The code that should confirm the second factor is wrong."""

    code, status, text_key = "wrong_code", 422, "desk_code_fout"


class InvitationGone(Refused):
    """The link was used, replaced or is too old."""

    code, status, text_key = "invitation_gone", 404, "desk_uitnodiging_weg"


class EmailTaken(Refused):
    """There is an account with this address."""

    code, status, text_key = "email_taken", 409, "desk_email_bezet"


class LastAdmin(Refused):
    """Without this administrator nobody could manage accounts."""

    code, status, text_key = "last_admin", 409, "desk_laatste_beheerder"


class UnknownAccount(Refused):
    """There is no such account."""

    code, status, text_key = "unknown_agent", 404, "desk_onbekende_medewerker"


class UnknownReport(Refused):
    """There is no such report or picture, or not any more."""

    code, status, text_key = "unknown_report", 404, "desk_onbekende_melding"


class UnknownPicture(Refused):
    """There is no such picture in this conversation, or not any more."""

    code, status, text_key = "unknown_picture", 404, "desk_onbekende_melding"


class Conflict(Refused):
    """The hand-off service refused: `code` is its own, the Dutch sentence goes with it."""

    status = 409

    def __init__(self, code: str) -> None:
        """Take over the code of a DeskRefused."""
        super().__init__(code)
        self.code = code
        self.status = 422 if code == "nothing_said" else 404 if code == "unknown_agent" else 403 if code == "not_allowed" else 409
        self.text_key = f"desk_{code}"

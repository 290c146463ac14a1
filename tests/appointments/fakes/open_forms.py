"""An Open Forms with an appointment form, written from what its public API was seen to do."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.appointments.fakes.agenda import Agenda
from tests.appointments.fakes.server import Answer, FakeServer, Request

PASSPORT, LICENCE, WEDDING = "1", "2", "3"
CASTRICUM, HEILOO = "10", "11"
FORM = "0f0f0f0f-0000-4000-8000-000000000001"
PAGE = "https://www.gemeente.example/afspraak"
_ZONE = ZoneInfo("Europe/Amsterdam")
_ROOT = "/api/v2/"


@dataclass
class Visit:
    """A session: its CSRF token and the submissions that are open in it."""

    csrf: str
    open: set[str] = field(default_factory=set)


@dataclass
class Work:
    """A form that was handed in; `looks` more looks until it is ready."""

    body: dict[str, Any]
    looks: int
    status: dict[str, Any] | None = None


class FakeOpenForms(FakeServer):
    """One form, its sessions, and the calendar behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.agenda = Agenda()
        self.allowed = {"www.gemeente.example"}
        self.minutes = {PASSPORT: 15, LICENCE: 10, WEDDING: 60}
        self.limits: dict[str, int | None] = {PASSPORT: 4, LICENCE: None, WEDDING: 1}
        self.components: list[dict[str, Any]] = [
            {"key": "lastName", "type": "textfield", "label": "Achternaam", "validate": {"required": True, "maxLength": 20}},
            {"key": "email", "type": "email", "label": "E-mail", "validate": {"required": True, "maxLength": 100}},
        ]
        self.looks = 1
        self.pdf_fails = False
        self.refuses = False
        self.visits: dict[str, Visit] = {}
        self.work: dict[str, Work] = {}
        self._numbers = itertools.count(1)

    @property
    def base(self) -> str:
        return self.url

    def end_sessions(self) -> None:
        self.visits.clear()

    def answer(self, request: Request) -> Answer:
        cookies = dict(part.strip().split("=", 1) for part in request.headers.get("cookie", "").split(";") if "=" in part)
        key = cookies.get("openforms_sessionid", "")
        visit = self.visits.get(key)
        set_cookie: list[tuple[str, str]] = []
        if visit is None:
            key = f"s{next(self._numbers)}"
            visit = self.visits[key] = Visit(f"csrf-{key}")
            set_cookie = [("Set-Cookie", f"openforms_sessionid={key}; Path=/; HttpOnly")]
        answer = self._route(request, visit)
        return Answer(answer.status, answer.body, [*answer.headers, ("X-CSRFToken", visit.csrf), *set_cookie])

    def _route(self, request: Request, visit: Visit) -> Answer:
        if request.method == "POST" and request.headers.get("x-csrftoken") != visit.csrf:
            return Answer(403, {"code": "permission_denied", "detail": "CSRF"})
        step = request.path.removeprefix(_ROOT)
        if step.startswith("forms/"):
            return Answer(200, {"uuid": FORM})
        if step == "submissions":
            return self._submit(request, visit)
        if step.startswith("submissions/") and step.endswith("/status"):
            return self._status(step)
        if not visit.open:
            return Answer(403, {"code": "permission_denied"})
        return self._appointments(step.removeprefix("appointments/"), request, visit)

    def _submit(self, request: Request, visit: Visit) -> Answer:
        body = request.json()
        if urlsplit(body["formUrl"]).hostname not in self.allowed:
            return Answer(400, {"invalidParams": [{"name": "formUrl", "code": "invalid", "reason": "URL is not on the domain whitelist"}]})
        if body["form"] != f"{self.url}{_ROOT}forms/{FORM}" or body["anonymous"] is not True:
            return Answer(400, {"invalidParams": [{"name": "form", "code": "invalid", "reason": "?"}]})
        number = str(UUID(int=next(self._numbers) + 1000))
        visit.open.add(number)
        return Answer(201, {"id": number, "url": f"{self.url}{_ROOT}submissions/{number}"})

    def _appointments(self, step: str, request: Request, visit: Visit) -> Answer:
        products = request.all("product_id")
        if step in ("locations", "dates", "times", "customer-fields") and not products:
            return Answer(400, {"invalidParams": [{"name": "product_id", "code": "required", "reason": "?"}]})
        free = self.agenda.free(request.one("location_id") or "")
        on_day = [start for start in free if start.date().isoformat() == request.one("date")]
        shown: dict[str, Any] = {
            "products": [self._product(code) for code in self.minutes],
            "locations": [{"identifier": code, "name": "x", "city": "x"} for code in (CASTRICUM, HEILOO)],
            "dates": [{"date": day.isoformat()} for day in sorted({start.date() for start in free})],
            "times": [{"time": start.replace(tzinfo=_ZONE).isoformat()} for start in on_day],
            "customer-fields": self.components,
        }
        if step == "appointments":
            return self._book(request.json(), visit)
        return Answer(200, shown[step]) if step in shown else Answer(404)

    def _product(self, code: str) -> dict[str, Any]:
        answer = {"code": code, "identifier": code, "name": "x", "description": ""}
        return answer if self.limits[code] is None else {**answer, "amountLimit": self.limits[code]}

    def _book(self, body: dict[str, Any], visit: Visit) -> Answer:
        number = body["submission"].rsplit("/", 1)[-1]
        if number not in visit.open:
            return Answer(403, {"code": "permission_denied"})
        wrong = self._wrong(body)
        if wrong is not None:
            return Answer(400, {"invalidParams": [{"name": wrong, "code": "invalid", "reason": "?"}]})
        visit.open.discard(number)
        self.work[number] = Work(body, self.looks)
        self._register(self.work[number])
        return Answer(201, {**body, "statusUrl": f"{self.url}{_ROOT}submissions/{number}/abc-token/status"})

    def _wrong(self, body: dict[str, Any]) -> str | None:
        start = datetime.fromisoformat(body["datetime"])
        if start.tzinfo is None or start.astimezone(_ZONE).replace(tzinfo=None) not in self.agenda.free(body["location"]):
            return "datetime"
        for component in self.components:
            value = body["contactDetails"].get(component["key"], "")
            rules = component["validate"]
            if (rules["required"] and not value) or len(value) > rules.get("maxLength", 1000):
                return f"contactDetails.{component['key']}"
        return None if body["privacyPolicyAccepted"] and body["statementOfTruthAccepted"] else "privacyPolicyAccepted"

    def _register(self, work: Work) -> None:
        start = datetime.fromisoformat(work.body["datetime"]).astimezone(_ZONE).replace(tzinfo=None)
        minutes = sum(self.minutes[item["productId"]] * item["amount"] for item in work.body["products"])
        taken = None if self.refuses else self.agenda.take(work.body["location"], start, minutes, work.body)
        if taken is None:
            work.status = {"status": "done", "result": "failed", "errorMessage": "A technical error occurred", "publicReference": ""}
        elif self.pdf_fails:
            work.status = {"status": "done", "result": "failed", "errorMessage": "", "publicReference": ""}
        else:
            work.status = {"status": "done", "result": "success", "errorMessage": "", "publicReference": "OF-SB2K7G"}

    def _status(self, step: str) -> Answer:
        work = self.work.get(step.split("/")[1])
        if work is None:
            return Answer(403)
        if work.looks > 0:
            work.looks -= 1
            return Answer(200, {"status": "in_progress", "result": "", "errorMessage": "", "publicReference": ""})
        return Answer(200, work.status)

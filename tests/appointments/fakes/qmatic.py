"""A Qmatic Orchestra with its Calendar Public Appointment API, written from the list of its fields."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from tests.appointments.fakes.agenda import Agenda, Taken
from tests.appointments.fakes.server import Answer, FakeServer, Request

PASSPORT, LICENCE, WEDDING, INTERNAL = "Paspoort", "Rijbewijs & meer", "Huwelijk", "Intern"
CASTRICUM, HEILOO, RECEPTION = "b1", "b2", "Receptie"
_ROOT = "/calendar-backend/public/api/"


class FakeQmatic(FakeServer):
    """Services, branches, free times and bookings of one Orchestra."""

    def __init__(self) -> None:
        super().__init__()
        self.agenda = Agenda()
        self.duration = {PASSPORT: (15, 10), LICENCE: (10, 5), WEDDING: (60, 0), INTERNAL: (5, 0)}
        self.zone = "Europe/Amsterdam"
        self.shows_customers = True

    @property
    def base(self) -> str:
        return f"{self.url}{_ROOT.rstrip('/')}"

    def answer(self, request: Request) -> Answer:
        if request.headers.get("x-api-key") != "sleutel-van-de-proef":
            return Answer(401)
        path, *pairs = request.path.split(";")
        matrix = [(name, unquote(value)) for name, _, value in (pair.partition("=") for pair in pairs)]
        if path == "/appointment/customers/identify":
            return self._identify(dict(matrix)["email"])
        steps = [unquote(step) for step in path.removeprefix(_ROOT).split("/")]
        try:
            return self._route(request, steps, matrix)
        except (KeyError, IndexError, ValueError) as error:
            return Answer(500, headers=[("error_message", f"bad request {error!r}")])

    def _route(self, request: Request, steps: list[str], matrix: list[tuple[str, str]]) -> Answer:
        offices = {"branchList": [self._branch(code) for code in (CASTRICUM, HEILOO, RECEPTION)]}
        match [request.method, *steps]:
            case ["GET", "v1", "services"]:
                return Answer(200, {"serviceList": [self._service(code) for code in self.duration]})
            case ["GET", "v1", "services", "groups"]:
                return self._groups([value for _, value in matrix])
            case ["GET", "v1", "branches"] | ["GET", "v1", "services", _, "branches"]:
                return Answer(200, offices)
            case [_, "v2", "branches", branch, "dates", *rest]:
                return self._times(request, branch, rest, matrix)
        return self._appointments(request.method, steps)

    def _times(self, request: Request, branch: str, rest: list[str], matrix: list[tuple[str, str]]) -> Answer:
        if request.method == "POST":
            return self._book(request, branch, datetime.fromisoformat(f"{rest[0]}T{rest[2]}:00"))
        self._minutes(matrix)
        free = self.agenda.free(branch)
        if rest:
            return Answer(200, {"times": [start.strftime("%H:%M") for start in free if start.date().isoformat() == rest[0]]})
        return Answer(200, {"dates": [f"{day.isoformat()}T00:00:00" for day in sorted({start.date() for start in free})]})

    def _appointments(self, method: str, steps: list[str]) -> Answer:
        match [method, *steps]:
            case ["GET", "v1", "appointments", code]:
                taken = self.agenda.taken.get(code)
                return Answer(200, {"appointment": self._shown(taken)}) if taken else Answer(404)
            case ["DELETE", "v1", "appointments", code]:
                return Answer(204) if self.agenda.taken.pop(code, None) else Answer(404)
            case ["GET", "v1", "customers", email, "appointments"]:
                mine = [item for item in self.agenda.taken.values() if item.details["customers"][0].get("email") == email]
                return Answer(200, {"appointmentList": [self._shown(item) for item in mine]})
        return Answer(404)

    def _identify(self, email: str) -> Answer:
        if not self.shows_customers:
            return Answer(404)
        known = any(item.details["customers"][0].get("email") == email for item in self.agenda.taken.values())
        return Answer(200, [{"publicId": email}] if known else [])

    def _service(self, code: str) -> dict[str, Any]:
        minutes, more = self.duration[code]
        return {
            "publicId": code,
            "name": code,
            "duration": minutes,
            "additionalCustomerDuration": more,
            "active": True,
            "publicEnabled": code != INTERNAL,
            "custom": "{}",
            "created": 1,
            "updated": 1,
        }

    def _branch(self, code: str) -> dict[str, Any]:
        postcode = None if code == RECEPTION else "1901 AB"
        return {"publicId": code, "name": code, "addressLine1": "Straat 1", "addressZip": postcode, "timeZone": self.zone}

    def _groups(self, services: list[str]) -> Answer:
        together = [{"services": [{"publicId": PASSPORT, "name": "x"}, {"publicId": LICENCE, "name": "x"}]}]
        fits = set(services) <= {PASSPORT, LICENCE}
        return Answer(200, [{"branchPublicId": CASTRICUM, "branchName": "x", "serviceGroups": together if fits else []}])

    def _minutes(self, matrix: list[tuple[str, str]]) -> int:
        further = sum(int(value) for name, value in matrix if name == "numberOfCustomers")
        services = [value for name, value in matrix if name == "servicePublicId"]
        if not services:
            raise ValueError("no service")
        return sum(self.duration[code][0] + self.duration[code][1] * further for code in services)

    def _book(self, request: Request, branch: str, start: datetime) -> Answer:
        body = request.json()
        if any("identificationNumber" in customer for customer in body["customers"]):
            raise ValueError("the BSN was sent")
        if not body["customers"][0].get("lastName"):
            raise ValueError("no name")
        further = len(body["customers"]) - 1
        services = [item["publicId"] for item in body["services"]]
        minutes = sum(self.duration[code][0] + self.duration[code][1] * further for code in services)
        taken = self.agenda.take(branch, start, minutes, body)
        if taken is None:
            return Answer(500, headers=[("error_message", "Timeslot is not available"), ("error_code", "40406")])
        return Answer(202, self._shown(taken))

    def _shown(self, taken: Taken) -> dict[str, Any]:
        start = taken.start.replace(tzinfo=ZoneInfo(self.zone)).astimezone(timezone.utc)
        return {
            "publicId": taken.id,
            "title": taken.details["title"],
            "start": f"{start:%Y-%m-%dT%H:%M:%S.000+0000}",
            "end": f"{start + timedelta(minutes=taken.minutes):%Y-%m-%dT%H:%M:%S.000+0000}",
            "notes": taken.details["notes"],
            "numberOfCustomers": len(taken.details["customers"]),
            "branch": self._branch(taken.place),
            "services": [self._service(item["publicId"]) for item in taken.details["services"]],
            "created": 1,
            "updated": 1,
        }

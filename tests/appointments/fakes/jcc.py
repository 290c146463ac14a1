"""A JCC-Afspraken that is strict where the real one is, written from the list of its fields."""

from __future__ import annotations

from base64 import b64decode
from datetime import date, datetime, timedelta
from typing import Any

from tests.appointments.fakes.agenda import Agenda, Taken
from tests.appointments.fakes.server import Answer, FakeServer, Request

PASSPORT = "2e656741-0000-4000-8000-000000000001"
LICENCE = "2e656741-0000-4000-8000-000000000002"
WEDDING = "2e656741-0000-4000-8000-000000000003"
CASTRICUM = "f3b8864b-0000-4000-8000-000000000001"
HEILOO = "f3b8864b-0000-4000-8000-000000000002"
CLOSED = "f3b8864b-0000-4000-8000-000000000003"
_ROOT = "/JCC/api/warp/v1/"


class JccError(Exception):
    """Becomes 500 with JCC's own body."""


class FakeJcc(FakeServer):
    """Activities, places, free times and bookings of one JCC."""

    def __init__(self) -> None:
        super().__init__()
        self.agenda = Agenda()
        self.minutes = {PASSPORT: 15, LICENCE: 10, WEDDING: 60}
        self.most: dict[str, int | None] = {PASSPORT: 4, LICENCE: None, WEDDING: 1}
        self.together = {PASSPORT: [LICENCE], LICENCE: [PASSPORT], WEDDING: []}
        self.fields: dict[str, Any] = {"auditId": "a", "gender": 0, "firstName": 0, "initials": 0, "emailAddress": 2, "mainPhoneNumber": 0}
        self.tokens: set[str] = set()
        self.token_seconds = 3600

    @property
    def base(self) -> str:
        return f"{self.url}{_ROOT.rstrip('/')}"

    def answer(self, request: Request) -> Answer:
        step = request.path.removeprefix(_ROOT)
        if step == "connect/token":
            return self._token(request)
        if request.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return Answer(401)
        if request.headers.get("language") != "nl":
            return Answer(400)
        try:
            return self._step(step, request)
        except JccError as error:
            return Answer(500, {"title": "InternalException", "code": -1, "errors": [str(error)]})

    def _token(self, request: Request) -> Answer:
        form = request.form()
        given = b64decode(request.headers["authorization"].removeprefix("Basic ")).decode()
        if given != "wegwijs:geheim" or form != {"grant_type": "client_credentials", "scope": "warp-api"}:
            return Answer(400, {"error": "invalid_client"})
        token = f"token-{len(self.asked('connect/token'))}"
        self.tokens.add(token)
        return Answer(200, {"access_token": token, "expires_in": self.token_seconds, "token_type": "Bearer"})

    def _step(self, step: str, request: Request) -> Answer:
        steps = {
            ("GET", "activity/listforappointment"): self._activities,
            ("GET", "activity/listforappointment/additional"): self._additional,
            ("GET", "location/forappointment"): self._locations,
            ("GET", "appointment/availabletimelist"): self._times,
            ("GET", "appointment/calculateduration"): self._duration,
            ("GET", "customer/customerfields/required"): lambda _request: Answer(200, self.fields),
            ("POST", "appointment"): self._book,
            ("GET", "appointment"): self._details,
            ("DELETE", "appointment"): self._cancel,
        }
        handle = steps.get((request.method, step))
        return handle(request) if handle else Answer(404)

    def _activity(self, code: str) -> dict[str, Any]:
        answer = {"id": code, "number": 1, "description": "x", "appointmentDuration": self.minutes[code] * 60, "synonyms": []}
        return answer if self.most[code] is None else {**answer, "maxCountForEvent": self.most[code]}

    def _activities(self, _request: Request) -> Answer:
        return Answer(200, [self._activity(code) for code in self.minutes])

    def _additional(self, request: Request) -> Answer:
        return Answer(200, [self._activity(code) for code in self.together[request.all("selectedActivityId")[0]]])

    def _locations(self, request: Request) -> Answer:
        if not request.all("selectedActivityId"):
            raise JccError("selectedActivityId is required")
        address = {"streetName": "Straat", "houseNumber": "1", "postalCode": "1901AB", "city": "X"}
        shown = [{"id": code, "description": "x", "address": address, "isDefault": False} for code in (CASTRICUM, HEILOO)]
        return Answer(200, [*shown, {"id": CLOSED, "isActive": False, "address": address, "isDefault": False}])

    def _wanted(self, request: Request) -> int:
        """Minutes of everything asked."""
        codes, amounts = request.all("activityId"), request.all("amount")
        if not codes or len(codes) != len(amounts) or any(code not in self.minutes for code in codes):
            raise JccError("activities and amounts")
        return sum(self.minutes[code] * int(amount) for code, amount in zip(codes, amounts, strict=True))

    def _times(self, request: Request) -> Answer:
        minutes = self._wanted(request)
        first, last = date.fromisoformat(request.one("fromDate") or ""), date.fromisoformat(request.one("toDate") or "")
        if (last - first).days > 50:
            raise JccError("more than fifty days")
        free = [start for start in self.agenda.free(request.one("locationId") or "") if first <= start.date() < last]
        return Answer(200, {"availableTimesList": [start.isoformat() for start in free], "appointmentDuration": minutes * 60})

    def _duration(self, request: Request) -> Answer:
        date.fromisoformat(request.one("dateTime") or "")
        return Answer(200, self._wanted(request))

    def _book(self, request: Request) -> Answer:
        body = request.json()
        customer = body["customerList"][0]
        if "id" not in body or body["id"] is not None or customer["gender"] not in (0, 1, 2) or not customer["isMainCustomer"]:
            raise JccError("a field is missing")
        missing = [name for name in ("emailAddress", "firstName") if self.fields.get(name) == 2 and not customer.get(name)]
        if not customer.get("lastName") or missing or "mainPhoneNumber" in customer:
            return Answer(200, {"id": None, "code": 12, "acknowledgeIsSuccess": False, "validateErrors": ["customer"], "logLevel": 3})
        starts, ends = datetime.fromisoformat(body["fromDateTime"]), datetime.fromisoformat(body["toDateTime"])
        minutes = sum(self.minutes[item["activityId"]] * item["amount"] for item in body["activityList"])
        if starts.tzinfo is None or ends - starts != timedelta(minutes=minutes):
            raise JccError("duration")
        taken = self.agenda.take(body["locationId"], starts.replace(tzinfo=None), minutes, body)
        if taken is None:
            return Answer(200, {"id": None, "code": 7, "acknowledgeIsSuccess": False, "validateErrors": ["taken"], "logLevel": 3})
        return Answer(200, {"id": taken.id, "code": 0, "acknowledgeIsSuccess": True, "logLevel": 1})

    def _details(self, request: Request) -> Answer:
        taken = self.agenda.taken.get(request.one("id") or "")
        return Answer(200, _shown(taken)) if taken else Answer(204)

    def _cancel(self, request: Request) -> Answer:
        if self.agenda.taken.pop(request.one("id") or "", None) is None:
            raise JccError("unknown appointment")
        return Answer(200, {"id": request.one("id")})


def _shown(taken: Taken) -> dict[str, Any]:
    return {
        "id": taken.id,
        "startDateTime": taken.start.isoformat(),
        "endDateTime": (taken.start + timedelta(minutes=taken.minutes)).isoformat(),
        "number": 1,
        "activityList": [],
        "customerList": taken.details["customerList"],
        "location": {"id": taken.place, "description": "x"},
        "message": taken.details["message"],
    }

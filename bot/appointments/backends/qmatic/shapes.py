"""What Qmatic Orchestra answers, as far as we read it."""

from __future__ import annotations

from datetime import datetime, time

from pydantic import BaseModel, ConfigDict, TypeAdapter


class _Answer(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)


class Service(_Answer):
    """Something to make an appointment for; durations in minutes, `additionalCustomerDuration` for each further person."""

    publicId: str  # noqa: N815 - Qmatic's name
    duration: int
    additionalCustomerDuration: int = 0  # noqa: N815 - Qmatic's name
    active: bool = True
    publicEnabled: bool = True  # noqa: N815 - Qmatic's name


class Services(_Answer):
    """GET services."""

    serviceList: list[Service]  # noqa: N815 - Qmatic's name


class Named(_Answer):
    """A service or branch within another answer."""

    publicId: str  # noqa: N815 - Qmatic's name


class Branch(Named):
    """An office. One without a postcode is no place to go to."""

    addressZip: str | None = None  # noqa: N815 - Qmatic's name
    timeZone: str = "Europe/Amsterdam"  # noqa: N815 - Qmatic's name


class Branches(_Answer):
    """GET branches."""

    branchList: list[Branch]  # noqa: N815 - Qmatic's name


class Group(_Answer):
    """Services that go together in one appointment."""

    services: list[Named]


class BranchGroups(_Answer):
    """What goes together in one branch."""

    branchPublicId: str  # noqa: N815 - Qmatic's name
    serviceGroups: list[Group]  # noqa: N815 - Qmatic's name


class Dates(_Answer):
    """Days with a free time, each as its midnight on the branch's clock."""

    dates: list[datetime]


class Times(_Answer):
    """Free times of one day on the branch's clock."""

    times: list[time]


class Booked(_Answer):
    """The answer to a booking."""

    publicId: str  # noqa: N815 - Qmatic's name


class Appointment(_Answer):
    """An appointment that is there; moments with an offset."""

    publicId: str  # noqa: N815 - Qmatic's name
    start: datetime
    end: datetime
    branch: Named
    title: str | None = None
    notes: str | None = None


class Details(_Answer):
    """GET appointments/{id}."""

    appointment: Appointment


class OfCustomer(_Answer):
    """GET customers/{id}/appointments."""

    appointmentList: list[Appointment]  # noqa: N815 - Qmatic's name


SERVICES = TypeAdapter(Services)
BRANCHES = TypeAdapter(Branches)
GROUPS = TypeAdapter(list[BranchGroups])
DATES = TypeAdapter(Dates)
TIMES = TypeAdapter(Times)
BOOKED = TypeAdapter(Booked)
DETAILS = TypeAdapter(Details)
CUSTOMERS = TypeAdapter(list[Named])
OF_CUSTOMER = TypeAdapter(OfCustomer)

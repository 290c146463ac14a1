"""What JCC-Afspraken answers, as far as we read it; fields that it leaves out are optional here too."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class _Answer(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)


class Token(_Answer):
    """A bearer token; `expires_in` is in seconds."""

    access_token: str = Field(min_length=1)
    expires_in: int = 300


class Activity(_Answer):
    """Something to make an appointment for."""

    id: str
    maxCountForEvent: int | None = None  # noqa: N815 - JCC's name


class Named(_Answer):
    """A location, as far as we need it: names and addresses are our own."""

    id: str
    isActive: bool | None = None  # noqa: N815 - JCC's name


class Times(_Answer):
    """Free times on Amsterdam clocks, without an offset, and the length of each in seconds."""

    availableTimesList: list[datetime] = []  # noqa: N815 - JCC's name
    appointmentDuration: int = Field(gt=0)  # noqa: N815 - JCC's name


class Acknowledgement(_Answer):
    """The answer to a booking or a cancellation; a cancellation often comes without `acknowledgeIsSuccess`."""

    id: str | None = None
    acknowledgeIsSuccess: bool | None = None  # noqa: N815 - JCC's name
    code: int | None = None


class Appointment(_Answer):
    """An appointment that is there."""

    startDateTime: datetime  # noqa: N815 - JCC's name
    endDateTime: datetime  # noqa: N815 - JCC's name
    location: Named


TOKEN = TypeAdapter(Token)
ACTIVITIES = TypeAdapter(list[Activity])
LOCATIONS = TypeAdapter(list[Named])
TIMES = TypeAdapter(Times)
MINUTES = TypeAdapter(int)
FIELDS = TypeAdapter(dict[str, object])
ACKNOWLEDGEMENT = TypeAdapter(Acknowledgement)
APPOINTMENT = TypeAdapter(Appointment)

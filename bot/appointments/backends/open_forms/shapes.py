"""What Open Forms answers about appointments, as far as we read it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class _Answer(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)


class Submission(_Answer):
    """A form that is being filled in; appointments are only shown to who has one."""

    url: str = Field(min_length=1)


class Product(_Answer):
    """Something to make an appointment for."""

    identifier: str
    amountLimit: int | None = None  # noqa: N815 - the name in the API


class Place(_Answer):
    """A location, as far as we need it."""

    identifier: str


class Day(_Answer):
    """A day with a free time."""

    date: date


class Time(_Answer):
    """A free time, with an offset."""

    time: datetime


class Validate(_Answer):
    """Rules of a Form.io component."""

    required: bool = False


class Component(_Answer):
    """A field for the citizen, as a Form.io component."""

    key: str
    type: str = ""
    validate_: Validate = Field(default=Validate(), alias="validate")


class Accepted(_Answer):
    """The answer to a booking: it will be worked on, and this is where to see how far it is."""

    statusUrl: str = Field(min_length=1)  # noqa: N815 - the name in the API


class Status(_Answer):
    """How far a booking is. `errorMessage` is only filled when the calendar behind refused it, not when a later step failed."""

    status: Literal["in_progress", "done"]
    result: str = ""
    errorMessage: str = ""  # noqa: N815 - the name in the API
    publicReference: str = ""  # noqa: N815 - the name in the API


class InvalidParameter(_Answer):
    """A field of ours that is not taken, by its path: contactDetails.email, datetime."""

    name: str


class Problem(_Answer):
    """The body of a 400."""

    invalidParams: list[InvalidParameter] = []  # noqa: N815 - the name in the API


SUBMISSION = TypeAdapter(Submission)
PRODUCTS = TypeAdapter(list[Product])
PLACES = TypeAdapter(list[Place])
DAYS = TypeAdapter(list[Day])
TIMES = TypeAdapter(list[Time])
COMPONENTS = TypeAdapter(list[Component])
ACCEPTED = TypeAdapter(Accepted)
STATUS = TypeAdapter(Status)
PROBLEM = TypeAdapter(Problem)

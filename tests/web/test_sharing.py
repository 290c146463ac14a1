"""A picture and a place for a report: by button, by pasting, made small on the device, refused by browser or server, and again."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.web.citizen import Citizen
from tests.web.running import Gateway
from tests.web.test_files import BRING

pytestmark = pytest.mark.browser

HEILOO = "/?gemeente=heiloo"


@pytest.fixture
def citizen(page: Page) -> Citizen:
    return Citizen(page).visit(HEILOO).greeted()


@pytest.fixture
def telephone_picture(tmp_path: Path) -> Path:
    """A large picture that lies on its side and knows where it was taken, as telephones make them."""
    made = Image.new("RGB", (4000, 3000), "teal")
    exif = Image.Exif()
    exif[0x0112] = 6  # Orientation: to be turned a quarter
    exif[0x010F] = "Telefoonmaker"
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    made.save(tmp_path / "stoep.jpg", exif=exif)
    return tmp_path / "stoep.jpg"


def asked_for_picture(citizen: Citizen) -> Any:
    citizen.ask("Ik wil er een foto erbij doen", "een foto meesturen")
    return citizen.page.get_by_role("button", name="Foto toevoegen")


def asked_for_place(citizen: Citizen) -> Any:
    citizen.ask("Er ligt een losse tegel", "Waar is het")
    return citizen.page.get_by_role("button", name="Deel mijn locatie")


def choose(citizen: Citizen, button: Any, picture: Path) -> None:
    with citizen.page.expect_file_chooser() as chooser:
        button.press("Enter")
    chooser.value.set_files(picture)


def received(gateway: Gateway) -> Any:
    [shared] = gateway.control()["shared"]
    return shared


def test_a_screen_reader_hears_that_something_can_be_shared(citizen):
    asked_for_picture(citizen)
    expect(citizen.announced.filter(has_text="Wilt u een foto meesturen? Keuzes: Overslaan. Foto toevoegen.")).to_have_count(1)
    asked_for_place(citizen)
    expect(citizen.announced.filter(has_text="Waar is het precies? Keuzes: Deel mijn locatie.")).to_have_count(1)


def test_a_picture_is_made_small_and_upright_and_tells_nothing_but_what_can_be_seen(citizen, gateway, telephone_picture):
    choose(citizen, asked_for_picture(citizen), telephone_picture)
    expect(citizen.said("bot").last).to_contain_text("Dank u voor de foto.")
    expect(citizen.announced.filter(has_text="Uw foto wordt verstuurd")).to_have_count(1)
    expect(citizen.page.get_by_role("button", name="Foto toevoegen")).to_have_count(0)
    expect(citizen.box).to_be_focused()
    shared = received(gateway)
    sent = Image.open(io.BytesIO(bytes.fromhex(shared["bytes"])))
    assert (shared["type"], sent.format, sent.size) == ("image/jpeg", "JPEG", (1200, 1600))
    assert not sent.getexif()


def test_what_can_be_seen_through_becomes_white(citizen, gateway, tmp_path):
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(tmp_path / "leeg.png")
    choose(citizen, asked_for_picture(citizen), tmp_path / "leeg.png")
    expect(citizen.said("bot").last).to_contain_text("Dank u voor de foto.")
    assert Image.open(io.BytesIO(bytes.fromhex(received(gateway)["bytes"]))).getpixel((5, 5)) == (255, 255, 255)


def test_what_is_no_picture_is_said_before_anything_is_sent(citizen, gateway, tmp_path):
    (tmp_path / "foto.jpg").write_text("geen foto")
    button = asked_for_picture(citizen)
    choose(citizen, button, tmp_path / "foto.jpg")
    expect(citizen.notice).to_contain_text("Dit bestand kunnen wij niet openen.")
    expect(citizen.announced.filter(has_text="Dit bestand kunnen wij niet openen.")).to_have_count(1)
    expect(button).to_be_focused()
    assert gateway.control()["shared"] == []
    assert citizen.violations() == []


@pytest.mark.parametrize(("code", "told"), [("too_large", "Deze foto is te groot."), ("out_of_order", "Wegwijs werkt nu even niet.")])
def test_a_refusal_is_told_and_the_same_picture_can_be_tried_again(citizen, gateway, telephone_picture, code, told):
    gateway.control(refuse_shared=code)
    button = asked_for_picture(citizen)
    choose(citizen, button, telephone_picture)
    expect(citizen.notice).to_contain_text(told)
    gateway.control(refuse_shared="")
    choose(citizen, button, telephone_picture)
    expect(citizen.said("bot").last).to_contain_text("Dank u voor de foto.")
    expect(citizen.notice).to_have_count(0)


def test_while_a_picture_is_on_its_way_the_button_says_so_and_keeps_the_focus(citizen, gateway, telephone_picture):
    button = asked_for_picture(citizen)
    gateway.control(hold=True)
    choose(citizen, button, telephone_picture)
    busy = citizen.page.get_by_role("button", name="Uw foto wordt verstuurd")
    expect(busy).to_be_focused()
    expect(busy).to_have_attribute("aria-disabled", "true")
    assert citizen.violations() == []
    gateway.control(hold=False)
    expect(citizen.said("bot").last).to_contain_text("Dank u voor de foto.")


def test_a_place_is_shared_with_no_more_digits_than_a_metre_needs(citizen, gateway):
    citizen.page.context.grant_permissions(["geolocation"])
    citizen.page.context.set_geolocation({"latitude": 52.600123456, "longitude": 4.700987654})
    asked_for_place(citizen).press("Enter")
    expect(citizen.said("bot").last).to_contain_text("ik heb de plek")
    expect(citizen.box).to_be_focused()
    shared = received(gateway)
    assert (shared["latitude"], shared["longitude"]) == (52.60012, 4.70099)


def test_who_does_not_want_to_be_found_types_the_street(citizen, gateway):
    button = asked_for_place(citizen)
    button.press("Enter")  # Chromium without a screen refuses what was not granted
    expect(citizen.notice).to_contain_text("Typ de straat en het huisnummer.")
    expect(button).to_be_focused()
    citizen.ask("Dorpsstraat 12", "U vroeg: Dorpsstraat 12")
    expect(citizen.notice).to_have_count(0)
    assert gateway.control()["shared"] == []


def test_without_a_way_to_find_the_place_there_is_no_button_for_it(page):
    page.add_init_script("delete Navigator.prototype.geolocation")
    citizen = Citizen(page).visit(HEILOO).greeted()
    citizen.ask("Er ligt een losse tegel", "Waar is het")
    expect(page.get_by_role("button", name="Deel mijn locatie")).to_have_count(0)
    expect(citizen.box).to_be_visible()


PASTE = """async (box) => {
  const sheet = new OffscreenCanvas(30, 20);
  sheet.getContext('2d').fillRect(0, 0, 30, 20);
  const held = new DataTransfer();
  held.items.add(new File([await sheet.convertToBlob()], 'scherm.png', { type: 'image/png' }));
  box.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true, clipboardData: held }));
}"""


def test_a_picture_that_is_pasted_goes_along_unasked_where_reports_are_taken(citizen, gateway):
    citizen.box.fill("Deze lantaarn is kapot:")
    citizen.box.evaluate(PASTE)
    expect(citizen.said("bot").last).to_contain_text("Dank u voor de foto.")
    expect(citizen.box).to_have_value("Deze lantaarn is kapot:")
    assert received(gateway)["type"] == "image/jpeg"


def test_a_person_can_always_be_shown_a_picture_and_what_is_none_is_said(citizen, gateway, telephone_picture):
    citizen.say("Ik wil een medewerker spreken")
    expect(citizen.said("agent")).to_be_visible()
    button = citizen.page.get_by_role("button", name="Foto toevoegen")
    choose(citizen, button, telephone_picture)
    expect(citizen.said("citizen").filter(has_text="Foto gestuurd")).to_be_visible()
    assert received(gateway)["type"] == "image/jpeg"
    expect(button).to_be_visible()
    assert citizen.violations() == []
    citizen.box.evaluate(BRING, ["paste", ["file"]])
    expect(citizen.notice).to_contain_text("Dit bestand kunnen wij niet openen.")

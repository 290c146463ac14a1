"""The chat takes no files: who pastes or drops one reads what to do instead, and loses nothing."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.citizen import Citizen

pytestmark = pytest.mark.browser

BRING = """(box, [kind, types]) => {
  const held = new DataTransfer();
  if (types.includes('file')) held.items.add(new File(['x'], 'kapot.png', { type: 'image/png' }));
  if (types.includes('text')) held.setData('text/plain', 'tekst');
  const options = { bubbles: true, composed: true, cancelable: true };
  const pasted = () => new ClipboardEvent(kind, { ...options, clipboardData: held });
  const dragged = () => new DragEvent(kind, { ...options, dataTransfer: held });
  return box.dispatchEvent(kind === 'paste' ? pasted() : dragged());
}"""
INSTEAD = "Een foto of bestand kunt u hier niet sturen."


@pytest.fixture
def citizen(page: Page) -> Citizen:
    return Citizen(page).visit().greeted()


@pytest.mark.parametrize("way", ["paste", "drop"])
def test_a_picture_gets_a_kind_sentence_and_what_was_typed_stays(citizen, way):
    citizen.box.fill("Deze lantaarn is kapot:")
    assert citizen.box.evaluate(BRING, ["dragover", ["file"]]) is False  # so that the browser offers to drop it here
    assert citizen.box.evaluate(BRING, [way, ["file"]]) is False  # and does not open it in place of the page
    expect(citizen.notice).to_contain_text(INSTEAD)
    expect(citizen.notice).to_contain_text("vraag om een medewerker")
    expect(citizen.announced.filter(has_text=INSTEAD)).to_have_count(1)
    expect(citizen.box).to_have_value("Deze lantaarn is kapot:")
    expect(citizen.box).to_be_visible()
    assert citizen.violations() == []
    citizen.box.press("Enter")
    expect(citizen.said("citizen")).to_contain_text("Deze lantaarn is kapot:")
    expect(citizen.notice).to_have_count(0)


def test_text_that_brings_a_picture_of_itself_is_pasted_as_text(citizen):
    assert citizen.box.evaluate(BRING, ["paste", ["text", "file"]]) is True
    assert citizen.box.evaluate(BRING, ["drop", ["text"]]) is True
    expect(citizen.notice).to_have_count(0)

"""What a citizen sees and does in the browser, so that the tests read as a visit."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
CASTRICUM = "/?gemeente=castricum"
GREETING = "Hallo, ik ben Wegwijs"


class Citizen:
    """One visitor with one tab; every look waits until it is true or fails."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.chat = page.locator("wegwijs-chat")
        self.panel = page.locator("#wegwijs-panel")
        self.log = page.get_by_role("log", name="Berichten")
        self.box = page.get_by_role("textbox", name="Uw bericht")
        self.launcher = page.locator(".launcher")
        self.notice = page.locator(".notice")
        self.announced = page.locator("[aria-live=polite] p")

    def visit(self, path: str = CASTRICUM) -> "Citizen":
        self.page.goto(path)
        self.chat.wait_for(state="attached")
        return self

    def open(self) -> "Citizen":
        # The chat may stand open by itself: until either is there, nobody knows.
        self.page.locator(".launcher:visible, #wegwijs-panel:visible").first.wait_for()
        if not self.panel.is_visible():
            self.launcher.click()
        expect(self.panel).to_be_visible()
        return self

    def greeted(self) -> "Citizen":
        self.open()
        expect(self.said("bot").first).to_contain_text(GREETING)
        return self

    def keep(self) -> None:
        """Let the conversation be kept on this device, so that other tabs share it."""
        self.log.get_by_role("button", name="Over deze chat en privacy").click()
        self.panel.get_by_role("checkbox").check()
        self.page.keyboard.press("Escape")

    def say(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Enter")

    def ask(self, text: str, answer: str) -> None:
        """Say something and wait for an answer that holds these words."""
        self.say(text)
        expect(self.said("bot").last).to_contain_text(answer)

    def said(self, author: str) -> Locator:
        return self.page.locator(f"li.message.{author}")

    def texts(self, author: str) -> list[str]:
        return self.page.locator(f"li.message.{author} .bubble").all_inner_texts()

    def choice(self, title: str) -> Locator:
        return self.log.get_by_role("button", name=title, exact=True)

    def focused(self) -> dict[str, Any]:
        """What has the focus, looking through the shadow root: its tag, class, text, and whether a focus ring shows."""
        focused: dict[str, Any] = self.page.evaluate(
            """() => {
              let at = document.activeElement;
              while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
              const style = getComputedStyle(at);
              return { tag: at.tagName, cls: at.className, text: at.textContent.trim(),
                       ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 };
            }"""
        )
        return focused

    def violations(self) -> list[str]:
        """What axe-core has to say, one line an element."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[str] = self.page.evaluate(
            """async () => {
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
              const { violations } = await axe.run(document, { runOnly: tags });
              return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target} ${n.failureSummary}`));
            }"""
        )
        return found

    def overflow(self) -> list[str]:
        """Every element that is wider than its place, or sticks out of the window."""
        wide: list[str] = self.page.evaluate(
            """() => {
              const root = document.querySelector('wegwijs-chat').shadowRoot;
              const boxes = ['.panel', '.header', '.log', '.composer'].map((name) => root.querySelector(name));
              const wide = boxes.filter((box) => box && box.clientWidth && box.scrollWidth > box.clientWidth + 1);
              const out = [...root.querySelectorAll('.panel *, .launcher, .launcher *')].filter((e) => {
                const { left, right, width } = e.getBoundingClientRect();
                return width > 1 && (left < -1 || right > innerWidth + 1);
              });
              const page = document.documentElement.scrollWidth > innerWidth ? ['page'] : [];
              return page.concat([...wide, ...out].map((e) => `${e.tagName}.${e.getAttribute('class')}`));
            }"""
        )
        return wide

"""Ask axe what is wrong with the page that is open."""

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Only what is wrong comes back, and nothing is fetched anew: no rule that is on needs it.
RUN = """async () => {
  const found = await axe.run({resultTypes: ["violations"], preload: false});
  return found.violations.map(each => [each.id, each.help, each.nodes[0].html]);
}"""


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule of axe that a page breaks, and the first element that breaks it."""

    rule: str
    help: str
    html: str


def violations(page: Page) -> list[Violation]:
    """Return what axe finds on the open page; it is put into each page once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    return [Violation(*each) for each in page.evaluate(RUN)]

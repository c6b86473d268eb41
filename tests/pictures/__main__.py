"""Take the pictures in ``docs/pictures/`` of a site that has just been made: ``make pictures``; names choose some of them."""

import re
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Window

from tests.browser.publish_button import open_publish_step
from tests.deploy.site import PROGRAM, Site
from tests.pictures.pages import PICTURES, Picture
from tests.servers.chromium import get_chromium

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
COLOURS = 128
# Example: "user ‹admin›, password ‹x7Ab›"
LOGIN = re.compile(r"user (\S+), password (\S+)")


def main(names: Collection[str]) -> int:
    """Open a site in a folder of its own, take the pictures named, without names all, and end the site."""
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_site(Path(folder) / "data") as site,
        sync_playwright() as started,
    ):
        browser = started.chromium.launch(executable_path=get_chromium(), args=["--no-sandbox"])
        for picture in PICTURES:
            if names and picture.name not in names:
                continue
            path = take(picture, browser, site)
            sys.stdout.write(f"{path.relative_to(FOLDER.parents[1])}  {path.stat().st_size // 1024} kB\n")
        browser.close()
    return 0


@contextmanager
def open_site(data_dir: Path) -> Iterator[Site]:
    """Open a site with its starter content, searched by the database; it ends with the block."""
    site = Site(data_dir)
    site.start(PROGRAM)
    try:
        site.wait_for("Ctrl-C ends it")
        yield site
    finally:
        site.kill()


def take(picture: Picture, browser: Browser, site: Site) -> Path:
    """Take one picture; returns the file."""
    origin = f"http://127.0.0.1:{site.port}"
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.is_dark else "light",
        locale="da-DK",
        reduced_motion="reduce",
    )
    window = context.new_page()
    if picture.is_editor:
        sign_in(window, origin, site)
    window.goto(origin + picture.path)
    if picture.link:
        with window.expect_navigation():
            window.get_by_role("link", name=re.compile(f"^{re.escape(picture.link)}")).first.click()
    if picture.is_publish_step:
        open_publish_step(window)
    window.wait_for_load_state("networkidle")
    path = FOLDER / f"{picture.name}.png"
    image = Image.open(BytesIO(window.screenshot(animations="disabled")))
    image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    context.close()
    return path


def sign_in(window: Window, origin: str, site: Site) -> None:
    """Sign in as the site says on its first start."""
    found = LOGIN.search(site.read_log())
    if found is None:
        raise LookupError("the site printed no login")
    window.goto(f"{origin}/admin/login/")
    window.fill("[name=username]", found[1])
    window.fill("[name=password]", found[2])
    window.keyboard.press("Enter")
    window.wait_for_url(f"{origin}/admin/")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

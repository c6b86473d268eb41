"""The pages of which pictures are kept: what a newcomer, a municipality and an editor meet first."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Picture:
    """One page as somebody sees it; ``path`` may name a page of the editor, ``width`` and ``height`` are CSS pixels.

    ``link`` is followed on the page first: the accessible name of a link, or the beginning of it. With ``is_publish_step`` that
    leads to the editor of a page, and "Publish…" is pressed there.
    """

    name: str
    path: str
    width: int = 1280
    height: int = 900
    is_dark: bool = False
    link: str = ""
    is_publish_step: bool = False

    @property
    def is_editor(self) -> bool:
        """Say whether somebody has to be signed in."""
        return self.path.startswith("/admin/")


PHONE = 390
FAMILY = "Medfølgende familie"
FIND_FAMILY = "/admin/pages/search/?q=Medf%C3%B8lgende"
PICTURES = (
    Picture("home", "/da/"),
    Picture("law-note", "/da/lovnyt/", link=FAMILY),
    Picture("guide-phone-polish", "/pl/", width=PHONE, height=844, link="Pierwsze 90 dni"),
    Picture("contact-phone", "/da/kontakt/borgerservice-herning/", width=PHONE, height=844),
    Picture("search", "/da/search/?q=%C3%A6gtef%C3%A6lle+arbejde&topic=spouse-job"),
    Picture("practice", "/da/god-praksis/", link="Job til medfølgende"),
    Picture("home-arabic-dark", "/ar/", is_dark=True),
    Picture("desk", "/admin/"),
    Picture("law-note-editor", FIND_FAMILY, link=FAMILY),
    Picture("publish-step", FIND_FAMILY, link=FAMILY, is_publish_step=True),
)

"""A paper as an HTML page in one file, filled by Jinja2; pictures named in the template are put into the page itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from salescli.core.printing import words

if TYPE_CHECKING:
    from pathlib import Path

    from salescli.core.printing import Paper

_PICTURE = re.compile(
    r"""(?P<before><img\b[^>]*?\bsrc\s*=\s*["']|url\(\s*["']?)(?P<name>(?!/)[^"'(){}:<>]+?\.(?:png|jpe?g|gif|svg|webp))(?=\s*["')])""",
    re.IGNORECASE,
)
_HEAD = re.compile(r"<head\b.*?</head>", re.IGNORECASE | re.DOTALL)
_MARK = (
    '<div style="position: fixed; top: 42%; left: 0; right: 0; text-align: center; transform: rotate(-25deg); font: 600 44px sans-serif;'
    ' color: #b00020; opacity: .25; pointer-events: none; z-index: 9999">{}</div>'
)


def page(template: Path, paper: Paper) -> bytes:
    """The filled template; raises whatever Jinja finds wrong with it, FileNotFoundError for a picture that is not beside it."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    def load(name: str) -> str | None:
        path = template.parent / name
        return _with_pictures(path.read_text(encoding="utf-8"), path.parent) if path.is_file() else None

    pages = Environment(loader=FunctionLoader(load), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    known = words(paper)
    return _marked(pages.get_template(template.name).render(known), known["draft"]).encode()


def _with_pictures(source: str, folder: Path) -> str:
    """A template with the picture files it names inside it: the page can be sent. Done before it is filled, so no customer names a file."""
    return _PICTURE.sub(lambda found: found["before"] + _inline(folder / found["name"]), source)


def _inline(picture: Path) -> str:
    from base64 import b64encode
    from mimetypes import guess_type

    return f"data:{guess_type(picture.name)[0]};base64,{b64encode(picture.read_bytes()).decode()}"


def _marked(filled: str, draft: str) -> str:
    """What is not approved never looks as if it were: a template that leaves the draft's mark out gets it across every page. CTR-09."""
    from markupsafe import escape

    said = str(escape(draft))
    if said in _HEAD.sub("", filled):
        return filled
    return re.sub(r"<body\b[^>]*>|\Z", lambda found: found[0] + _MARK.format(said), filled, count=1, flags=re.IGNORECASE)

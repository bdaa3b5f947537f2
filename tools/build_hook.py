"""Build hook: compile the Chinese catalogue before any wheel, source archive or editable install is made."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
    """Called by hatchling; a conflict between two .po files stops the build."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write locale/zh_CN/LC_MESSAGES/salescli.mo."""
        tools = str(Path(self.root, "tools"))
        sys.path.insert(0, tools)
        try:
            import catalogue

            catalogue.compile_all(Path(self.root))
        finally:
            sys.path.remove(tools)

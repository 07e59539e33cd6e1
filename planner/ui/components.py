"""Scripts of our own in a page, each a file of this package."""

from pathlib import Path

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest
from streamlit.components.v2.types import ComponentRenderer

PACKAGE = "planner"


def own_component(name: str, *, css: bool = False) -> ComponentRenderer:
    """Declare a script, and its style, as files among our assets.

    A declared file is served under our own origin, so a Content-Security-Policy needs no `blob:`. Streamlit
    finds declarations only in installed packages; declaring here also works in a checkout and under test.
    """
    known = f"{PACKAGE}.{name}"
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(known) is None:
        declared = ComponentConfig(name=name, asset_dir="assets")
        manifest = ComponentManifest(name=PACKAGE, version="1", components=[declared])
        manager.register_from_manifest(manifest, Path(__file__).parent)
    return st.components.v2.component(known, css=f"{name}.css" if css else None, js=f"{name}.js")


def nothing() -> None:
    """Streamlit keeps what a script sends only where a callback is named."""

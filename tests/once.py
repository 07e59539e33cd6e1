"""What a process of the tests does once, and would otherwise do for each of thousands of tests; nothing is faked."""

import functools
from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache
from streamlit.components.v2 import manifest_scanner

MOST_STATEMENTS = 2_000


def compile_statements_once() -> None:
    """Each test's database has an engine of its own, which would compile every statement anew."""
    kept: LRUCache[Any, Any] = LRUCache(MOST_STATEMENTS)
    begin = Engine.__init__

    @functools.wraps(begin)
    def begin_with_kept(engine: Engine, *arguments: Any, **named: Any) -> None:
        begin(engine, *arguments, **named)
        engine._compiled_cache = kept

    Engine.__init__ = begin_with_kept  # type: ignore[method-assign]
    # A compiled statement is kept under its dialect: two engines of one kind speak the same one.
    DefaultDialect.__eq__ = lambda one, other: type(one) is type(other)  # type: ignore[method-assign]
    DefaultDialect.__hash__ = lambda one: hash(type(one))  # type: ignore[method-assign]


def look_for_components_once() -> None:
    """Streamlit's AppTest reads what every installed package says of itself, half a second a page."""
    manifest_scanner.scan_component_manifests = functools.cache(manifest_scanner.scan_component_manifests)

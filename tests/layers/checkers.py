"""What the house forbids, as functions from a file's text to offences; each is tried on a bad text of its own."""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_FILE = 250
LONGEST_FUNCTION = 40
# The project speaks of itself alone, never of how it was made; a warrant's issue and a briefing are the field's words.
MAKING = (r"issue #?\d+", "sub-?agents?", "chat ?bots?", "copilot", "LLMs?", r"prompt (says|asks)", "language models?")
PLACES = ("home", "root", "work", "tmp", "Users", "mnt")  # the first folder of a path on somebody's machine

CHOOSERS = {"choose", "selectbox", "radio", "multiselect", "pills", "segmented_control"}
# What is chosen there narrows what is read, or is a part of a file or of an agenda that nobody takes away.
READ_ALONE = {
    *("address.py", "board.py", "board_conditions.py", "care_forms.py", "care_nights.py", "care_what_if.py"),
    *("care_what_if_all.py", "directory_tabs.py", "export_forms.py", "import_forms.py", "import_mapping.py"),
    *("minutes_forms.py", "provider_units.py", "actions.py", "record.py", "meeting_lines.py"),
}
# Words of ours, though not by their name; or fields that answer for themselves, as their own docstrings say.
OF_ITSELF = {"calendar_taking.py", "catalogue_forms.py", "day_places.py", "forms.py", "law_forms.py", "on_the_day.py"}

Check = Callable[[Path, str], list[str]]


def source_files(*folders: str) -> list[Path]:
    """Every Python file of these folders or files, from the top of the project."""
    tops = [ROOT / name for name in folders]
    found = [path for top in tops for path in (top.rglob("*.py") if top.is_dir() else [top])]
    return sorted(path for path in found if path.exists() and "__pycache__" not in path.parts)


def offences(check: Check, paths: list[Path]) -> list[str]:
    """One line for each offence: where, and what."""
    return [
        f"{path.relative_to(ROOT)}: {offence}" for path in paths for offence in check(path, path.read_text("utf-8"))
    ]


def imported(text: str) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything imported, wherever in the file it happens."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, "." * node.level + f"{node.module or ''}.{name.name}") for name in node.names)


def _within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def beyond_the_standard_library(path: Path, text: str) -> list[str]:
    def allowed(name: str) -> bool:
        return name.split(".")[0] in sys.stdlib_module_names or _within(name, "planner.rules")

    return [f"line {line} imports {name}" for line, name in imported(text) if not allowed(name)]


def reaching_past_the_desk(path: Path, text: str) -> list[str]:
    behind = ("sqlmodel", "sqlalchemy", "planner.models", "planner.db")
    return [f"line {line} imports {name}" for line, name in imported(text) if any(_within(name, b) for b in behind)]


def drawing(path: Path, text: str) -> list[str]:
    return [f"line {line} imports {name}" for line, name in imported(text) if _within(name, "streamlit")]


def commits(path: Path, text: str) -> list[str]:
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    return [f"line {call.lineno} commits" for call in calls if getattr(call.func, "attr", "") == "commit"]


def unsafe_drawing(path: Path, text: str) -> list[str]:
    """Names in code, not in comments: raw HTML, a cache shared by all users, maps that fetch tiles from outside."""
    forbidden = {"unsafe_allow_html", "unsafe_allow_javascript", "cache_data", "map", "pydeck_chart"}
    tree = ast.parse(text)
    named = [(node.value.lineno, node.arg) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg]
    named += [
        (node.lineno, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "st"
    ]
    named += [(line, name.split(".")[-1]) for line, name in imported(text) if _within(name, "streamlit")]
    return [f"line {line} uses {name}" for line, name in sorted(named) if name in forbidden]


def cut_as_it_is_typed(path: Path, text: str) -> list[str]:
    """A browser leaves out the end of what is pasted into such a field; who pasted it is not told."""
    said = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.keyword)]
    return [f"line {node.value.lineno} cuts what is pasted" for node in said if node.arg == "max_chars"]


def choosing_what_may_vanish(path: Path, text: str) -> list[str]:
    """Things come and go while a page is open: `which` and `which_ones` keep a press from being for another.

    What stands in the code is told by its name: a class or a constant.
    """
    if path.name in READ_ALONE | OF_ITSELF | {"choices.py"}:
        return []
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    named = [(call, getattr(call.func, "attr", getattr(call.func, "id", ""))) for call in calls]
    return [
        f"line {call.lineno}: {name} of what may vanish"
        for call, name in named
        if name in CHOOSERS and not (len(call.args) > 1 and _stands_in_the_code(call.args[1]))
    ]


def _stands_in_the_code(options: ast.expr) -> bool:
    match options:
        case ast.Constant():
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name[:1].isupper()
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return all(map(_stands_in_the_code, parts))
        case (
            ast.Starred(value=inner)
            | ast.Subscript(value=inner)
            | ast.ListComp(generators=[ast.comprehension(iter=inner)])
        ):
            return _stands_in_the_code(inner)
        case ast.Call(func=ast.Name(id="list"), args=[inner]):
            return _stands_in_the_code(inner)
    return False


def left_undone(path: Path, text: str) -> list[str]:
    words = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XXX)\b|raise NotImplemented" + "Error")
    return [f"line {number} is left undone" for number, line in enumerate(text.splitlines(), 1) if words.search(line)]


def too_long(path: Path, text: str) -> list[str]:
    lines = len(text.splitlines())
    found = [f"has {lines} lines"] if lines > LONGEST_FILE else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            found += [f"line {node.lineno}: {node.name} has {length} lines"] if length > LONGEST_FUNCTION else []
    return found


def words_of_its_making(path: Path, text: str) -> list[str]:
    words = re.compile(rf"\b({'|'.join(MAKING)})\b", re.IGNORECASE)
    return [
        f"line {n} says {found[0]!r}" for n, line in enumerate(text.splitlines(), 1) if (found := words.search(line))
    ]


def places_on_a_machine(path: Path, text: str) -> list[str]:
    paths = re.compile(rf"(?<![\w.:/}}*])/(?:{'|'.join(PLACES)})/\w+|[A-Z]:\\\\\w")
    return [
        f"line {n} names {found[0]}" for n, line in enumerate(text.splitlines(), 1) if (found := paths.search(line))
    ]

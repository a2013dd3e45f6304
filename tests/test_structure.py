"""Test the structure of the code: no import cycles, short modules, few parameters, module docstrings."""

from __future__ import annotations

import ast
from pathlib import Path

import grimp
import pytest

from tests.conftest import ROOT

MODULES = sorted((ROOT / "publish").rglob("*.py"))
LINES = 400
PARAMETERS = 7


def test_there_are_no_import_cycles() -> None:
    graph = grimp.build_graph("publish", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    left = set(imports)
    while ready := {module for module in left if not imports[module] & left}:
        left -= ready
    cyclic = left
    while ends := {m for m in cyclic if not any(m in imports[other] for other in cyclic)}:
        cyclic -= ends
    assert sorted(cyclic) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_short_and_functions_have_few_parameters(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LINES
    many = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and sum(map(len, (node.args.posonlyargs, node.args.args, node.args.kwonlyargs)))
        - any(a.arg in {"self", "cls"} for a in node.args.args[:1])
        > PARAMETERS
    ]
    assert many == []


def test_every_module_has_a_docstring() -> None:
    assert [str(path) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))] == []

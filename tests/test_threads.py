"""Threads, executors and processes give what one thread gives, in whatever order pages come."""

from __future__ import annotations

import ast
import asyncio
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

import declutter
from declutter.parse import parse
from declutter.segment import segment

FIXTURES = sorted(Path(__file__).parents[1].glob("fixtures/*/page.*"))
THREADS = 8
CHANGES = frozenset(
    "add append clear discard extend insert pop popitem remove reverse setdefault sort update __setitem__".split()
)


def result_of(path: Path) -> str:
    page = path.read_bytes()
    document = declutter.extract(page, url=f"https://example.org/{path.parent.name}")
    return document.to_json() + document.html + declutter.explain(page).to_json()


@pytest.fixture(scope="module")
def alone() -> dict[Path, str]:
    return {path: result_of(path) for path in FIXTURES}


def test_eight_threads_give_the_results_of_one(alone: dict[Path, str]) -> None:
    def work(thread: int) -> dict[Path, str]:
        turned = FIXTURES[thread * 5 % len(FIXTURES) :] + FIXTURES[: thread * 5 % len(FIXTURES)]
        return {path: result_of(path) for path in turned}

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # threads take turns as often as they can
    try:
        with ThreadPoolExecutor(THREADS) as pool:
            found = list(pool.map(work, range(THREADS)))
    finally:
        sys.setswitchinterval(before)

    assert [alone] * THREADS == found


def test_an_executor_of_asyncio_gives_the_results_of_one_thread(alone: dict[Path, str]) -> None:
    async def all_of_them() -> list[str]:
        return await asyncio.gather(*(asyncio.to_thread(result_of, path) for path in FIXTURES[::3]))

    assert [alone[path] for path in FIXTURES[::3]] == asyncio.run(all_of_them())


def test_a_time_is_each_thread_s_own() -> None:
    limits = declutter.ExtractOptions(limits=declutter.Limits(seconds=30))

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda path: declutter.extract(path.read_bytes(), options=limits), FIXTURES))

    assert [declutter.extract(path.read_bytes()) for path in FIXTURES] == found


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_another_process_with_other_hashes_gives_the_same(seed: str, alone: dict[Path, str]) -> None:
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); from tests.test_threads import *\n"
        "sys.stdout.buffer.write('\\x1e'.join(map(result_of, FIXTURES)).encode())"
    )

    run = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parents[1])],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )

    assert list(alone.values()) == run.stdout.decode().split("\x1e")


def test_threads_that_begin_together_in_a_new_process_give_what_one_gives(alone: dict[Path, str]) -> None:
    # All that is made once, when it is first asked for, is asked for by eight threads at the same moment.
    code = (
        "import sys, threading; from concurrent.futures import ThreadPoolExecutor; sys.setswitchinterval(1e-6)\n"
        "sys.path.insert(0, sys.argv[1]); from tests.test_threads import *\n"
        "together = threading.Barrier(THREADS)\n"
        "def work(thread):\n"
        "    together.wait(); return [result_of(path) for path in FIXTURES[thread % 2 :: 9]]\n"
        "found = list(ThreadPoolExecutor(THREADS).map(work, range(THREADS)))\n"
        "assert all(found[thread] == found[thread % 2] for thread in range(THREADS))\n"
        "sys.stdout.buffer.write('\\x1e'.join(found[0]).encode())"
    )

    run = subprocess.run([sys.executable, "-c", code, str(Path(__file__).parents[1])], capture_output=True, check=True)

    assert [alone[path] for path in FIXTURES[::9]] == run.stdout.decode().split("\x1e")


SLOWED = (
    "import declutter, importlib.machinery as machinery, sys, threading, time\n"
    "package, name = sys.argv[1:]; is_begun = threading.Event()\n"
    "class Slow(machinery.SourceFileLoader):\n"
    "    def create_module(self, spec): is_begun.set(); time.sleep(0.5)\n"
    "class Finder:\n"
    "    def find_spec(fullname, path, target=None):\n"
    "        if fullname == package:\n"
    "            spec = machinery.PathFinder.find_spec(fullname, path)\n"
    "            spec.loader = Slow(fullname, spec.origin); return spec\n"
    "sys.meta_path.insert(0, Finder)\n"
    "def ask(): is_begun.wait(); print(getattr(declutter, name).__name__, package in sys.modules)\n"
    "asking = threading.Thread(target=ask); asking.start(); "
)


@pytest.mark.parametrize(
    ("package", "name"), [("declutter.batch", "BatchOptions"), ("declutter.fetcher", "FetchOptions")]
)
def test_a_name_may_be_asked_for_while_another_thread_imports_its_package(package: str, name: str) -> None:
    # Python locks a module before its package, so threads that come from both sides would wait for each other.
    code = SLOWED + "__import__(package); asking.join()"

    run = subprocess.run([sys.executable, "-c", code, package, name], capture_output=True, text=True, check=False)

    assert (f"{name} True\n", "") == (run.stdout, run.stderr)


def test_one_thread_at_a_time_imports_what_names_stand_for() -> None:
    code = SLOWED + "declutter.FetchOptions; asking.join()"

    run = subprocess.run(
        [sys.executable, "-c", code, "declutter.fetcher", "Label"], capture_output=True, text=True, check=False
    )

    assert ("Label True\n", "") == (run.stdout, run.stderr)


def test_modules_import_a_package_before_what_it_imports_of_itself() -> None:
    # As above, where it is a statement that imports, and not a name that is asked for.
    code = "import sys, declutter.inspect, declutter.batch.run; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    source = Path(declutter.__file__).parents[1]
    early = []
    for name in (name for name in loaded if name.partition(".")[0] == "declutter"):
        path = source.joinpath(*name.split("."))
        tree = ast.parse((path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8"))
        known = {name, *(name.rsplit(".", depth)[0] for depth in range(1, name.count(".") + 1))}
        for node in tree.body:
            if isinstance(node, ast.Import):
                known |= {alias.name for alias in node.names}
            if not isinstance(node, ast.ImportFrom) or node.module is None:
                continue
            package = node.module.rpartition(".")[0]
            if package in {"msgspec", *loaded} - known and node.module in _imported_by(package):
                early.append(f"{name}: {node.module}")
            known.add(node.module)

    assert [] == early


@cache
def _imported_by(package: str) -> frozenset[str]:
    """The modules that importing a package alone loads."""
    if not package.startswith(("declutter.", "msgspec")):
        return frozenset()
    code = f"import sys, {package}; print(*sys.modules)"
    return frozenset(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )


def test_threads_may_learn_and_ask_of_one_memory_at_the_same_time() -> None:
    outlines = [
        segment(parse(f"<p>{line}" * 3)) for line in ("The sea comes and goes. " * 3, "A second page of it. " * 3)
    ]
    memory, whole = declutter.SiteMemory(), declutter.SiteMemory()
    turns = [(outlines[n % len(outlines)], f"https://{n % 700}.example.org/{n}") for n in range(6000)]
    for outline, url in turns:
        whole.learn(outline, url=url)

    def work(thread: int) -> None:
        for number, (outline, url) in enumerate(turns[thread::THREADS]):
            memory.learn(outline, url=url)
            if number % 50 == thread:
                memory.repeats(outline, url=url)
                pickle.loads(pickle.dumps(memory)).merge(memory)

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(work, range(THREADS)))
    finally:
        sys.setswitchinterval(before)

    assert whole == memory
    assert len(turns) == len(memory)


def test_no_module_keeps_what_a_call_could_change() -> None:
    # What threads share without a lock must not change: where no lock of the interpreter's guards it, least of all.
    changed = []
    for path in sorted(Path(declutter.__file__).parent.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        held = {name.id for node in tree.body for name in _assigned(node) if isinstance(name, ast.Name)}
        for node in ast.walk(tree):
            match node:
                case ast.Global(names=names):
                    changed += [f"{path.name}: global {', '.join(names)}"]
                case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr)) if (
                    name in held and attr in CHANGES
                ):
                    changed.append(f"{path.name}:{node.lineno}: {name}.{attr}()")
                case ast.Assign() | ast.AugAssign() | ast.AnnAssign() | ast.Delete():
                    targets = (target for target in _assigned(node) if isinstance(target, ast.Subscript))
                    changed += [
                        f"{path.name}:{node.lineno}: {target.value.id}[…]"
                        for target in targets
                        if isinstance(target.value, ast.Name) and target.value.id in held
                    ]

    assert [] == changed


def _assigned(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.Assign(targets=targets) | ast.Delete(targets=targets):
            return list(targets)
        case ast.AnnAssign(target=target) | ast.AugAssign(target=target):
            return [target]
    return []


def test_no_function_makes_msgspec_describe_a_struct() -> None:
    # msgspec does so at a struct's first use, without a lock: of processes whose threads meet there, every sixth to
    # every second crashed. A decoder that a module makes is made under the lock of its import.
    trees = [ast.parse(path.read_text()) for path in Path(declutter.__file__).parent.rglob("*.py")]
    by_modules = {ast.unparse(call.args[0]) for tree in trees for call in _calls(tree, "Decoder") if call.args}
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    in_functions = {
        ast.unparse(kind)
        for function in functions
        for call in _calls(function, "decode", "convert")
        for kind in (*call.args[1:], *(keyword.value for keyword in call.keywords if keyword.arg == "type"))
    }

    assert {"Cues", "Record", "Weights"} <= by_modules
    assert not [call for function in functions for call in _calls(function, "Decoder")]
    assert in_functions - by_modules <= {"msgspec.Raw", "dict[str, list[str]]"}


def _calls(tree: ast.AST, *names: str) -> list[ast.Call]:
    """The calls of functions and methods of msgspec with one of these names."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call for call in calls if ast.unparse(call.func).startswith("msgspec") and _last_name(call.func) in names]


def _last_name(function: ast.expr) -> str:
    return ast.unparse(function).rpartition(".")[2]

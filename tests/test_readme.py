"""The README holds: its Python runs, its commands parse, the output it shows is what comes out."""

import contextlib
import doctest
import io
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from conflict_events import link
from conflict_events.cli import app
from conflict_events.io.reports import read_inputs
from conflict_events.io.summary import summary
from conflict_events.records import Report

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^(?:<!-- (?P<name>[\w-]+) -->\n)?```(?P<language>\w+)\n(?P<code>.*?)^```$", re.M | re.S)


def blocks(*languages: str, name: str | None = None) -> list[str]:
    """Code of the README's fenced blocks of these languages; of the one behind the comment ``name`` if given."""
    found = [m for m in FENCE.finditer(README) if m["language"] in languages]
    return [m["code"] for m in found if name is None or m["name"] == name]


def commands() -> Iterator[str]:
    """The calls of conflict-events in the README's shell blocks, without the pipes around them."""
    for code in blocks("bash", "sh", "shell", "console"):
        for line in code.replace("\\\n", " ").splitlines():
            for part in re.split(r"&&|\||;", line.removeprefix("$ ")):
                words = part.strip()
                if re.match(r"(\S*/)?(conflict-events|python\S* -m conflict_events)\b", words):
                    yield words


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own with the seeds in it, as the current one."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_python_blocks_run_in_order(workplace: Path) -> None:
    namespace: dict[str, object] = {"__name__": "readme"}
    for number, code in enumerate(blocks("python", "py"), 1):
        if ">>>" in code:
            test = doctest.DocTestParser().get_doctest(code, namespace, f"README block {number}", None, None)
            runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
            assert runner.run(test, clear_globs=False).failed == 0
            namespace.update(test.globs)
        else:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(code, f"README block {number}", "exec"), namespace)


@pytest.mark.parametrize("command", dict.fromkeys(commands()))
def test_command_parses(command: str) -> None:
    words = shlex.split(command, comments=True)
    arguments = words[1:] if words[0].endswith("conflict-events") else words[3:]
    here = typer.main.get_command(app)
    context = here.make_context("conflict-events", list(arguments), resilient_parsing=False)
    while hasattr(here, "resolve_command"):
        name, found, rest = here.resolve_command(context, [*context._protected_args, *context.args])
        assert found is not None
        context = found.make_context(name, rest, parent=context)
        here = found


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_link_leads_to_a_file(path: str) -> None:
    assert (ROOT / path).exists()


def test_shown_output_of_the_main_command_is_true() -> None:
    shown = [line.rstrip() for code in blocks("text", name="main-output") for line in code.splitlines()]
    wanted = [line for line in shown if line.strip(" .…[]")]
    if not wanted:
        pytest.skip("the README shows no output yet")
    reports = [item for item in read_inputs([ROOT / "seeds"]) if isinstance(item, Report)]
    lines = iter(summary(link(reports).linked).splitlines())
    for line in wanted:
        assert line in lines, f"not in the output, or not in this order: {line!r}"

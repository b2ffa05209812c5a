"""The register of persons: where it may lie, what it may hold, and that no message tells of it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from shadowreport.core.problems import Failure
from shadowreport.load.register import VARIABLE, load_register

GOOD = """\
persons:
  teacher-south:
    name: {ru: Алмас Тестович Выдумкин, en: Almas Vydumkin}
    also: [Almash, "+7 700 123 45 67", "case 1-234/2020"]
    forms: {ru: {gen: Алмаса Выдумкина}}
"""


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "register.yaml"
        path.write_text(text, "utf-8")
        path.chmod(0o600)
        return path

    return write


def _refusal(path: Path, project: Path | None = None) -> str:
    with pytest.raises(Failure) as caught:
        load_register(str(path), project)
    text = "\n".join(map(str, caught.value.diagnostics))
    assert "bad-register" in text
    for name in ("Выдумкин", "Vydumkin", "vydumkin", "Almas", "Алмас", "123 45"):
        assert name not in text
    return text


def test_a_register_is_read(
    written: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    register = load_register(str(written(GOOD)))
    assert register is not None
    person = register.persons["teacher-south"]
    assert (person.names["en"], person.forms["ru"]["gen"]) == ("Almas Vydumkin", "Алмаса Выдумкина")
    assert person.also == ("Almash", "+7 700 123 45 67", "case 1-234/2020")
    assert "Vydumkin" not in repr(register)  # so that no traceback tells it
    monkeypatch.setenv(VARIABLE, str(written(GOOD)))
    assert load_register("") == register
    monkeypatch.delenv(VARIABLE)
    assert load_register("") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("person: {}\n", "line 1: a key is not known"),
        (GOOD.replace("also:", "alos:"), "line 4: a key is not known"),
        (GOOD.replace("teacher-south", "Vydumkin"), "line 2: a key has not the right form"),
        (GOOD.replace("teacher-south", "vydumkin-a"), "line 2: the key holds a part of the name"),
        (GOOD.replace("en: Almas Vydumkin", "en: 7001234567"), "quotation marks"),
        (GOOD.replace("    also:", "  also:"), "line 5 is not well-formed YAML"),
        (GOOD.replace("Almas Vydumkin}", "Almas Vydumkin"), "not well-formed YAML"),
        (GOOD + GOOD[9:], "line 6 is not well-formed YAML"),
        ("persons:\n  x: {also: [Vydumkin]}\n", "line 2: a key is missing"),
        ("persons:\n  x: Almas Vydumkin\n", "line 2: a value is not what stands here"),
        ("Almas Vydumkin\n", "line 1"),
    ],
)
def test_an_ill_formed_register_is_refused_by_its_line(
    written: Callable[[str], Path], text: str, said: str
) -> None:
    assert said in _refusal(written(text))


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o610])
def test_others_must_not_be_able_to_open_it(written: Callable[[str], Path], mode: int) -> None:
    path = written(GOOD)
    path.chmod(mode)
    assert "chmod 600" in _refusal(path)


def test_it_lies_in_no_repository(written: Callable[[str], Path], tmp_path: Path) -> None:
    outside = written(GOOD)
    repository = tmp_path / "repository"
    for place in (repository, repository / ".git", repository / "deep" / "down", tmp_path / "bare"):
        place.mkdir(parents=True, exist_ok=True)
    for arguments in (["repository"], ["--bare", "bare"]):
        subprocess.run(["git", "init", "-q", *arguments], cwd=tmp_path, check=True)
    for place in (repository, repository / ".git", repository / "deep" / "down", tmp_path / "bare"):
        inside = place / "register.yaml"
        inside.write_text(GOOD, "utf-8")
        inside.chmod(0o600)
        assert "repository" in _refusal(inside)
        link = tmp_path / "link.yaml"
        link.unlink(missing_ok=True)
        link.symlink_to(inside)
        assert "repository" in _refusal(link)
    assert "folder of the report" in _refusal(outside, project=tmp_path)
    assert "not there" in _refusal(tmp_path / "none.yaml")
    assert "not there" in _refusal(tmp_path)

"""Which setting is in force, and what is said of one that cannot be."""

from __future__ import annotations

import os
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import platformdirs
import pytest

from askdossier import settings
from askdossier.core import InvalidSettings
from askdossier.settings import Settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, configuration folder and working folder."""
    for name in ("home", "config", "work"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setattr(platformdirs, "user_config_dir", lambda *_, **__: str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path


def write(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def test_defaults() -> None:
    assert settings.load({}) == Settings()
    assert settings.load({}).corpus == Path("corpus")
    assert settings.load({}).writer == "default"


def test_settings_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().writer = "light"  # type: ignore[misc]


def test_the_environment_of_the_process_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKDOSSIER_WRITER", "light")
    assert settings.load().writer == "light"
    assert os.environ["ASKDOSSIER_WRITER"] == "light"


def test_option_beats_environment_beats_file_beats_default(home: Path) -> None:
    write(home / "work/askdossier.toml", 'writer = "file"\nembedder = "file"\ncorpus = "file"')
    environment = {"ASKDOSSIER_WRITER": "environment", "ASKDOSSIER_EMBEDDER": "environment"}
    chosen = settings.load(environment, writer="option", embedder=None)
    assert chosen.writer == "option"
    assert chosen.embedder == "environment"
    assert chosen.corpus == Path("file")
    assert chosen.index == Path("index")


@pytest.mark.skipif(os.name == "nt", reason="rights work otherwise on Windows")
def test_a_settings_file_that_anybody_may_change_is_not_read(home: Path) -> None:
    file = write(home / "work/askdossier.toml", 'writer = "file"')
    file.chmod(0o666)
    with pytest.raises(InvalidSettings, match=r"askdossier\.toml belongs to somebody else or can"):
        settings.load({})
    assert settings.load({"ASKDOSSIER_SETTINGS": str(file)}).writer == "file"  # said by name
    file.chmod(0o644)
    assert settings.load({}).writer == "file"


def test_which_file_is_read(home: Path) -> None:
    write(home / "config/settings.toml", 'writer = "configuration folder"')
    assert settings.load({}).writer == "configuration folder"
    write(home / "work/askdossier.toml", 'writer = "working folder"')
    assert settings.load({}).writer == "working folder"
    named = write(home / "other.toml", 'writer = "named"')
    assert settings.load({"ASKDOSSIER_SETTINGS": str(named)}).writer == "named"


def test_files_are_not_merged(home: Path) -> None:
    write(home / "config/settings.toml", 'embedder = "configuration folder"')
    write(home / "work/askdossier.toml", 'writer = "working folder"')
    assert settings.load({}).embedder == "default"


def test_every_setting_can_be_given_in_each_way(home: Path) -> None:
    for field in fields(Settings):
        number = isinstance(field.default, float)
        value = "0.75" if number else "given"
        kind = type(getattr(Settings(), field.name))
        expected = kind(value)
        toml = f"{field.name} = {value if number else repr(value)}"
        file = write(home / "given.toml", toml)
        for chosen in (
            settings.load({"ASKDOSSIER_SETTINGS": str(file)}),
            settings.load({"ASKDOSSIER_" + field.name.upper(): value}),
            settings.load({}, **{field.name: value}),
            settings.load({}, **{field.name: expected}),
        ):
            assert getattr(chosen, field.name) == expected


def test_an_empty_variable_is_as_good_as_none() -> None:
    assert settings.load({"ASKDOSSIER_WRITER": "", "ASKDOSSIER_SETTINGS": ""}) == Settings()


def test_a_misspelt_variable_is_an_error() -> None:
    with pytest.raises(InvalidSettings, match="the environment: unknown setting “writter”"):
        settings.load({"ASKDOSSIER_WRITTER": "light"})


def test_other_variables_are_not_ours() -> None:
    assert settings.load({"WRITER": "x", "ASKDOSSIERWRITER": "y", "PATH": "z"}) == Settings()


def test_the_tilde_is_the_users_folder(home: Path) -> None:
    expected = home / "home/papers"
    assert settings.load({"ASKDOSSIER_CORPUS": "~/papers"}).corpus == expected
    assert settings.load({}, corpus="~/papers").corpus == expected
    write(home / "home/mine.toml", 'corpus = "~/papers"')
    assert settings.load({"ASKDOSSIER_SETTINGS": "~/mine.toml"}).corpus == expected


def test_an_unknown_user_is_not_an_error() -> None:
    assert settings.load({}, corpus="~nobodyofthatname/x").corpus == Path("~nobodyofthatname/x")


def test_a_file_with_a_byte_order_mark(home: Path) -> None:
    (home / "work/askdossier.toml").write_text('writer = "light"', encoding="utf-8-sig")
    assert settings.load({}).writer == "light"


def test_an_empty_file_changes_nothing(home: Path) -> None:
    write(home / "work/askdossier.toml", "# nothing\n")
    assert settings.load({}) == Settings()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('writter = "light"', "writter"),
        ('[askdossier]\nwriter = "light"', "askdossier"),
        ('strictness = "much"', "strictness"),
        ("strictness = true", "strictness"),
        ("strictness = 1.5", "1.5"),
        ("strictness = -0.1", "-0.1"),
        ("strictness = nan", "nan"),
        ("strictness = inf", "inf"),
        ("writer = true", "writer"),
        ('writer = ["light"]', "writer"),
        ("writer = 5", "writer"),
        ('corpus = ""', "corpus"),
        ('index = " "', "index"),
        ("corpus = [1]", "corpus"),
        ("writer = light", "TOML"),
        ("writer", "TOML"),
    ],
)
def test_what_a_file_may_not_hold(home: Path, content: str, said: str) -> None:
    write(home / "work/askdossier.toml", content)
    with pytest.raises(InvalidSettings) as caught:
        settings.load({})
    assert said in str(caught.value)


def test_an_unknown_key_names_the_known_ones_and_the_file(home: Path) -> None:
    write(home / "work/askdossier.toml", "colour = 1")
    with pytest.raises(InvalidSettings) as caught:
        settings.load({})
    assert "askdossier.toml" in str(caught.value)
    assert all(field.name in str(caught.value) for field in fields(Settings))


def test_a_named_file_must_be_there(home: Path) -> None:
    for named in (home / "missing.toml", home):
        with pytest.raises(InvalidSettings, match="ASKDOSSIER_SETTINGS"):
            settings.load({"ASKDOSSIER_SETTINGS": str(named)})


def test_a_file_that_is_not_text(home: Path) -> None:
    (home / "work/askdossier.toml").write_bytes(b"\xff\xfe\x00writer")
    with pytest.raises(InvalidSettings, match=r"askdossier\.toml"):
        settings.load({})


@pytest.mark.parametrize("value", ["much", "1,5", "nan", "2", "-1", ""])
def test_a_bad_number_from_the_environment_or_an_option(value: str) -> None:
    if value:
        with pytest.raises(InvalidSettings):
            settings.load({"ASKDOSSIER_STRICTNESS": value})
    with pytest.raises(InvalidSettings):
        settings.load({}, strictness=value)


def test_an_unknown_option() -> None:
    with pytest.raises(InvalidSettings, match="the command line"):
        settings.load({}, colour="red")


def test_the_limits_of_strictness_are_allowed() -> None:
    assert settings.load({}, strictness=0).strictness == 0
    assert settings.load({"ASKDOSSIER_STRICTNESS": "1"}).strictness == 1

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers import models as tokenizer_models

from askdossier.models import tokenising
from askdossier.models.tokenising import Tokeniser

LETTERS = "aeilnorstué,. ½₂ΑΒΓαβγабвгд日本語한국ﬁℵΩ①ế\u0301\u0323\ue000😀→"


def unigram() -> Tokenizer:
    """A tokenizer with pieces of several scripts; the least likely is of none that is kept."""
    pieces = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0)]
    pieces += [(letter, -6.0) for letter in "aeilnorstu,.éαβγабвгд日本→"]
    pieces += [("▁le", -3.0), ("日本語", -4.0), ("lα", -3.0), ("▁s", -4.0), ("語", -40.0)]
    pieces += [("<maskα>", 0.0)]
    tokenizer = Tokenizer(tokenizer_models.Unigram(pieces, unk_id=3, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.add_special_tokens(["<s>", "</s>", "<maskα>"])
    return tokenizer


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tokenizer")
    tokenising.save(unigram(), folder)
    return folder


@given(st.lists(st.one_of(st.text(LETTERS), st.text()), max_size=3))
@example(["le sé<s>e <maskα> le", ""])
@example(["le", "lα 語", "le"])
@example(["ﬁn ℵ e\u0301 ế ①"])
def test_the_narrowed_tokenizer_gives_the_ids_of_the_whole(folder: Path, texts: list[str]) -> None:
    whole, tokeniser = unigram(), Tokeniser(folder)
    for special in (True, False):
        expected = [e.ids for e in whole.encode_batch(texts, add_special_tokens=special)]
        assert tokeniser.ids(texts, window=10**6 if special else None) == expected


def test_the_whole_is_loaded_only_for_letters_of_another_script(folder: Path) -> None:
    tokeniser = Tokeniser(folder)
    tokeniser.ids(["L’été → ½ € 😀 \ue000", "e\u0301"])
    assert tokeniser._narrow
    tokeniser.ids(["le", "α"])
    assert not tokeniser._narrow


def test_a_long_text_is_cut_at_the_window_and_counted_whole(folder: Path) -> None:
    tokeniser = Tokeniser(folder)
    assert len(tokeniser.ids(["le " * 50], window=16)[0]) == 16
    assert tokeniser.ids(["le " * 50], window=16)[0][-1] == 2
    assert len(tokeniser.ids(["le " * 50])[0]) > 50


def test_other_kinds_of_tokenizer_are_kept_as_they_are(tmp_path: Path) -> None:
    words = Tokenizer(tokenizer_models.WordLevel({"le": 0, "α": 1, "?": 2}, unk_token="?"))
    tokenising.save(words, tmp_path)
    assert Tokeniser(tmp_path).ids(["le", "α", "β"]) == [[0], [1], [2]]
    assert len(list(tmp_path.iterdir())) == 1

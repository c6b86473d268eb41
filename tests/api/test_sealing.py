"""Sealed tokens: opaque, authentic, for one purpose."""

import base64

import pytest

from cms.api.sealing import BadSealError, seal, unseal


@pytest.mark.parametrize("content", [b"", b"x", b"y" * 31, b"z" * 32, b"\0" * 100])
def test_what_is_sealed_opens_again(content):
    assert unseal("list", seal("list", content)) == content
    assert unseal("list", seal("list", content, repeatable=True)) == content


def test_tokens_show_nothing_and_differ():
    first, second = seal("list", b"position 5"), seal("list", b"position 5")

    assert first != second
    assert b"position" not in base64.urlsafe_b64decode(first + "==")
    assert seal("list", b"a", repeatable=True) == seal("list", b"a", repeatable=True)


def test_other_purpose_other_key_and_changed_bytes_are_refused(settings):
    token = seal("list", b"content")

    with pytest.raises(BadSealError):
        unseal("changes", token)
    with pytest.raises(BadSealError):
        unseal("list", token[:-4] + "AAAA")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert unseal("list", token) == b"content"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(BadSealError):
        unseal("list", token)

"""The local site has no mail server, and still nothing is lost: a message becomes a file."""

import os
import subprocess
import sys

from deploy.local.children import REPOSITORY


def send_message(data_dir, **environment):
    return subprocess.run(
        [sys.executable, "manage.py", "sendtestemail", "jurist@example.dk"],
        cwd=REPOSITORY,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.dev", "DATA_DIR": str(data_dir), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_message_becomes_a_file_in_the_data_directory(tmp_path):
    sent = send_message(tmp_path)

    (message,) = (tmp_path / "mail").iterdir()
    text = message.read_text()
    assert sent.returncode == 0
    assert "To: jurist@example.dk" in text
    assert "From: videnbro@localhost" in text


def test_message_goes_to_the_server_that_is_named(tmp_path):
    refused = send_message(tmp_path, EMAIL_URL="smtp://127.0.0.1:9")

    assert "ConnectionRefusedError" in refused.stderr
    assert not (tmp_path / "mail").exists()

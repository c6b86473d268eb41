"""Sources of settings: the process environment, then ``DATA_DIR/env`` (written by ``make run``)."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()

DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

if (DATA_DIR / "env").is_file():
    # The process environment wins: read_env() only fills what is not set.
    environ.Env.read_env(str(DATA_DIR / "env"))

"""One round of load with wrk (Debian package ``wrk``): a closed loop, to find the peak."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.servers.wrk import get_wrk

LATENCY = re.compile(r"\s(50|99)%\s+([\d.]+)(us|ms|s)\b")
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
ERRORS = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.+)")
MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
SCRIPT = """
local requests = {}
local place = 0
init = function()
  for line in io.lines("%s") do
    local address, etag = line:match("^(%%S+)%%s*(.*)$")
    local headers = { ["Host"] = wrk.headers["Host"] }
    if etag ~= "" then headers["If-None-Match"] = etag end
    %s
    requests[#requests + 1] = wrk.format("GET", address, headers)
  end
end
request = function()
  place = place %% #requests + 1
  return requests[place]
end
"""


@dataclass(frozen=True)
class Round:
    """Result of one round: requests a second, and milliseconds at the median and at p99."""

    per_second: float
    p50: float
    p99: float


class LoadError(RuntimeError):
    """The server answered with errors."""


class Target:
    """Addresses of one kind of request, asked for in turn. ``accept`` is sent as it stands when given."""

    def __init__(self, folder: Path, name: str, lines: list[str], accept: str = "") -> None:
        self.name = name
        addresses = folder / f"{name}.txt"
        addresses.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self.script = folder / f"{name}.lua"
        header = f'headers["Accept"] = "{accept}"' if accept else ""
        self.script.write_text(SCRIPT % (addresses, header), encoding="utf-8")

    def run(self, base_url: str, *, seconds: int, connections: int = 16) -> Round:
        """Run one round, on another core than the server where there are two.

        Raises:
            LoadError: if an answer was an error.
        """
        pinned = ["taskset", "-c", "1"] if shutil.which("taskset") else []
        command = [
            *pinned,
            get_wrk(),
            "-t1",
            f"-c{connections}",
            f"-d{seconds}s",
            "--latency",
            "--timeout",
            "10s",
            "-s",
            str(self.script),
            base_url,
        ]
        out = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 30).stdout
        if errors := ERRORS.search(out):
            raise LoadError(f"{self.name}: {errors.group(0)}")
        latency = {name: float(value) * MILLISECONDS[unit] for name, value, unit in LATENCY.findall(out)}
        rate = RATE.search(out)
        if rate is None:
            raise LoadError(f"{self.name}: wrk said\n{out}")
        return Round(float(rate.group(1)), latency["50"], latency["99"])

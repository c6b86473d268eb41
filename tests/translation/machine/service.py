"""A service for machine translation that speaks LibreTranslate's protocol, and can fail in every way one does."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SLOW_SECONDS = 2.5


class MachineService:
    """Answers each passage through ``translate``; ``faults`` are taken one by one, one a request, before it answers well."""

    def __init__(self):
        self.faults = []
        self.requests = []
        self.translate = lambda passage: f"[pl] {passage}"
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                content = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path == "/translate":
                    question = json.loads(content)
                    service.requests.append(question)
                    fault = service.faults.pop(0) if service.faults else ""
                    status, body = service.answer(question["q"], fault)
                else:
                    status, body = 403, b'{"message": "Wrong endpoint"}'
                try:
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    pass  # the caller has given up

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, passages, fault):
        translated = [self.translate(passage) for passage in passages]
        if fault == "slow":
            time.sleep(SLOW_SECONDS)
        if fault == "down":
            return 503, b"{}"
        if fault == "key":
            return 403, b'{"error": "Invalid API key"}'
        if fault == "html":
            return 200, b"<html>Please log in</html>"
        if fault == "fewer":
            translated = translated[:-1]
        if fault == "numbers":
            translated = [7 for _passage in passages]
        return 200, json.dumps({"translatedText": translated}).encode()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

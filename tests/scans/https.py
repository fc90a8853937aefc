"""An https address on loopback in front of a real server, as a proxy would make it: for scanners that ask for one."""

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.serving import Server, free_port, serving

PASSED_ON = {"connection", "keep-alive", "transfer-encoding", "content-length"}  # what each half says for itself
TLS_BEGINS = b"\x16"


class Proxy(ThreadingHTTPServer):
    """Speaks TLS and plain http on one port, and tells the server behind which of the two it was."""

    daemon_threads = True

    def __init__(self, port: int, behind: int, certificate: Path) -> None:
        super().__init__(("127.0.0.1", port), _PassOn)
        self.behind = behind
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(certificate)

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Answer one connection; what begins like TLS is TLS."""
        request.settimeout(20)
        secure = request.recv(1, socket.MSG_PEEK) == TLS_BEGINS
        if secure:
            request = self.tls.wrap_socket(request, server_side=True)
        handler = type("PassOn", (_PassOn,), {"scheme": "https" if secure else "http"})
        handler(request, client_address, self)
        if secure:
            request.close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a scanner that hangs up is none of our faults."""


class _PassOn(BaseHTTPRequestHandler):
    scheme = "http"

    def _pass_on(self) -> None:
        server: Any = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name: value for name, value in self.headers.items() if name.lower() not in PASSED_ON}
        line = HTTPConnection("127.0.0.1", server.behind, timeout=30)
        told = {"X-Forwarded-Proto": self.scheme, "X-Forwarded-For": self.client_address[0]}
        line.request(self.command, self.path, body, {**headers, **told, "Content-Length": str(len(body))})
        answer = line.getresponse()
        text = answer.read()
        self.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in PASSED_ON:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else text)
        line.close()

    do_GET = do_HEAD = do_POST = do_OPTIONS = do_PUT = do_DELETE = do_PATCH = do_TRACE = _pass_on  # noqa: N815

    def log_message(self, *_words: Any) -> None:
        """Say nothing."""


def certificate(folder: Path) -> Path:
    """Make a certificate for localhost and return the file that holds it and its key."""
    file = folder / "localhost.pem"
    kind = ("-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost")
    names = ("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
    subprocess.run(
        ["openssl", "req", *kind, *names, "-keyout", file, "-out", folder / "public.pem"],
        check=True,
        capture_output=True,
    )
    with file.open("a") as out:
        out.write((folder / "public.pem").read_text())
    return file


@contextmanager
def on_https(folder: Path) -> Iterator[tuple[Server, str]]:
    """Serve on https://localhost:PORT; yield the server behind, and the address."""
    port = free_port()
    address = f"https://localhost:{port}"
    with serving(KINDLINE_URL=address) as server, Proxy(port, server.port, certificate(folder)) as proxy:
        thread = threading.Thread(target=proxy.serve_forever)
        thread.start()
        try:
            yield server, address
        finally:
            proxy.shutdown()
            thread.join()

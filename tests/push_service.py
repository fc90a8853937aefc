"""A push service on this machine, for tests and benchmarks: it checks who sends, and its devices open what arrives."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from time import sleep
from typing import Any
from uuid import uuid4

from kindline.ground.post import webpush
from kindline.ground.post.tests.devices import Device


@dataclass
class Arrived:
    """A message as it came: for which device, under which topic, and what the device read."""

    name: str
    topic: str
    head: dict[str, str]
    plain: bytes


@dataclass
class PushService:
    """What has arrived, and how the next message is answered."""

    url: str = ""
    devices: dict[str, Device] = field(default_factory=dict)
    arrived: list[Arrived] = field(default_factory=list)
    status: int = 201
    more: dict[str, str] = field(default_factory=dict)  # headers of its answers
    body: bytes = b""
    drips: float = 0  # seconds between the bytes of an answer that never ends
    takes: float = 0  # seconds for each message
    asked: int = 0  # how often anybody came
    lock: Any = field(default_factory=Lock)

    def device(self) -> tuple[str, Device]:
        """Make a new device; return its endpoint and itself."""
        name, device = uuid4().hex, Device.new()
        self.devices[name] = device
        return f"{self.url}/to/{name}", device

    def fields(self) -> dict[str, str]:
        """Return what the browser of a new device would put into the form."""
        endpoint, device = self.device()
        return {
            "endpoint": endpoint,
            "public": webpush.packed(device.public),
            "auth": webpush.packed(device.auth),
        }

    def take(self, path: str, head: dict[str, str], message: bytes) -> None:
        """Check a message as a service does, and open it as its device does."""
        name = path.rpartition("/")[2]
        assert webpush.is_authorized(head["authorization"])
        assert head["content-encoding"] == "aes128gcm"
        assert int(head["ttl"]) > 0
        plain = self.devices[name].opened(message)
        with self.lock:
            self.arrived.append(Arrived(name, head.get("topic", ""), head, plain))


@contextmanager
def push_service(context: Any = None) -> Iterator[PushService]:
    """Serve on loopback; with a TLS context, as https."""
    service = PushService()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            message = self.rfile.read(int(self.headers["Content-Length"]))
            service.asked += 1
            sleep(service.takes)
            if service.drips:
                self.wfile.write(b"HTTP/1.1 201 ")
                while True:
                    self.wfile.write(b"a")
                    self.wfile.flush()
                    sleep(service.drips)
            head = {name.lower(): value for name, value in self.headers.items()}
            if 200 <= service.status < 300:
                service.take(self.path, head, message)
            self.send_response(service.status)
            for name, value in service.more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(service.body)))
            self.end_headers()
            self.wfile.write(service.body)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, *_: object) -> None:
            """Say nothing of who hung up."""

    server = Server(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    service.url = f"{'https' if context else 'http'}://{'localhost' if context else '127.0.0.1'}:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

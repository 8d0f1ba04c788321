"""nginx with our example in front of a real `scanner serve`; collected where nginx is installed."""

import http.client
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

import orjson
import pytest

from scanner.app import FORM_OVERHEAD
from scanner.settings import Settings

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "deploy" / "nginx"
PATIENCE = 90.0
BOUNDARY = "a-boundary"
SMALL = b"Part number,Description,Quantity\nP-1,Shaft 1.4404,2\n"
MOST = Settings().max_bytes + FORM_OVERHEAD
AROUND = """
daemon off;
master_process off;
pid nginx.pid;
error_log error.log;
events {}
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  include upstream.conf;
  include scanner.conf;
}
"""


def form(content):
    """The body of an upload."""
    head = 'Content-Disposition: form-data; name="file"; filename="bom.csv"'
    return b"--%b\r\n%b\r\n\r\n%b\r\n--%b--\r\n" % (
        BOUNDARY.encode(),
        head.encode(),
        content,
        BOUNDARY.encode(),
    )


def free_ports(number):
    probes = [socket.socket() for _ in range(number)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def wait_for(port, process):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nothing listens on {port}")


def configure(folder, service, plain, secure):
    """Our examples with the ports, and a certificate, of this test."""
    request = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    files = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    subject = ["-nodes", "-days", "2", "-subj", "/CN=scanner.example.com"]
    subprocess.run([*request, *files, *subject], check=True, capture_output=True)
    upstream = (EXAMPLES / "upstream.conf").read_text().replace(":8000", f":{service}")
    site = (EXAMPLES / "scanner.conf").read_text()
    site = re.sub(r"listen \[::\].*;\n", "", site)
    site = site.replace("listen 80;", f"listen 127.0.0.1:{plain};")
    site = site.replace("listen 443 ssl;", f"listen 127.0.0.1:{secure} ssl;")
    site = site.replace("/etc/nginx/tls", str(folder))
    (folder / "upstream.conf").write_text(upstream)
    (folder / "scanner.conf").write_text(site)
    (folder / "nginx.conf").write_text(AROUND)


class Site:
    """What callers reach: nginx on two ports, and the key of the first login."""

    def __init__(self, plain, secure, key):
        self.plain, self.secure, self.key = plain, secure, key

    def send(self, method, path, body=None, *, source="127.0.0.1", **headers):
        """The response to one request by https, and its body."""
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection(
            "127.0.0.1",
            self.secure,
            timeout=PATIENCE,
            source_address=(source, 0),
            context=trusting,
        )
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, named)
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    def upload(self, body, **headers):
        return self.send(
            "POST",
            "/v1/boms",
            body,
            Authorization=f"Bearer {self.key}",
            Content_Type=f"multipart/form-data; boundary={BOUNDARY}",
            **headers,
        )


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    service, plain, secure = free_ports(3)
    configure(folder, service, plain, secure)
    environment = {
        **os.environ,
        "SCANNER_DATA": str(folder / "data"),
        "SCANNER_DATABASE_URL": "",
        "SCANNER_PORT": str(service),
        "SCANNER_TRUSTED_PROXIES": "1",
        "SCANNER_WEB_WORKERS": "1",
        "SCANNER_RATE_LIMIT_PUBLIC": "2 per day",
    }
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    ours = [sys.executable, "-m", "scanner.cli", "serve"]
    proxy = ["nginx", "-p", str(folder), "-c", "nginx.conf"]
    with (
        subprocess.Popen(ours, cwd=ROOT, env=environment, **quiet) as scanner,
        subprocess.Popen(proxy, **quiet) as nginx,
    ):
        try:
            wait_for(service, scanner)
            wait_for(secure, nginx)
            login = (folder / "data" / "first-login.txt").read_text()
            yield Site(plain, secure, re.search(r"rms_\S+", login)[0])
        finally:
            nginx.send_signal(signal.SIGTERM)
            scanner.send_signal(signal.SIGTERM)


def test_a_file_is_uploaded_through_the_proxy(site):
    response, body = site.upload(form(SMALL), Prefer="wait=30")
    assert response.status == 201
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"
    version = orjson.loads(body)["version"]
    assert (version["state"], version["lines"]) == ("ready", 1)


def test_a_body_beyond_the_limit_is_refused_with_a_problem(site):
    response, body = site.upload(b"", Content_Length=str(MOST + 1))
    assert response.status == 413
    assert response.headers["Content-Type"] == "application/problem+json"
    found = orjson.loads(body)
    assert (found["code"], found["status"]) == ("request-too-large", 413)
    assert {"type", "title", "detail", "advice", "errors", "request_id"} <= set(found)


def test_the_largest_file_that_the_service_takes_passes_the_proxy(site):
    no_list = bytes(Settings().max_bytes)
    response, body = site.upload(form(no_list))
    assert (response.status, orjson.loads(body)["code"]) == (415, "unsupported-type")


def test_callers_are_counted_by_their_own_address(site):
    def ask(source, said):
        headers = {"X_Forwarded_For": said}
        return site.send("GET", "/openapi.json", source=source, **headers)[0].status

    asked = [("127.0.0.7", "192.0.2.1"), ("127.0.0.7", "192.0.2.2"), ("127.0.0.7", "192.0.2.3")]
    assert [ask(*one) for one in asked] == [200, 200, 429]
    assert ask("127.0.0.8", "192.0.2.3") == 200


def test_the_session_of_a_person_travels_by_https_only(site):
    response, _ = site.send("GET", "/sign-in")
    assert response.status == 200
    assert "Secure" in response.headers["Set-Cookie"]


def test_plain_http_is_sent_to_https(site):
    connection = http.client.HTTPConnection("127.0.0.1", site.plain, timeout=PATIENCE)
    connection.request("POST", "/v1/boms?name=a", headers={"Host": "scanner.example.com"})
    response = connection.getresponse()
    connection.close()
    assert response.status == 308
    assert response.headers["Location"] == "https://scanner.example.com/v1/boms?name=a"

import gzip
import io
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import polars as pl
import pytest
from reads import read

pytest.importorskip("urllib3")
pytest.importorskip("trafilatura")
PARAGRAPHS = "".join(
    f"<p>The ferry talks of day {n} went on in the old customs house, and nobody left the room early.</p>"
    for n in range(5)
)
PAGE = f"<html lang='en'><head><title>Ferry</title></head><body><article><h1>Ferry</h1>{PARAGRAPHS}</article></body></html>".encode()


def table():
    out = io.BytesIO()
    pl.DataFrame({"title": ["A", "B"], "text": ["One ferry.", "Two ferries."]}).write_parquet(out)
    return out.getvalue()


REPLIES = {
    "/page": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
    "/packed": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE)),
    "/moved": (302, {"Location": "/page"}, b""),
    "/table.csv": (200, {"Content-Type": "text/csv; charset=iso-8859-1"}, "title,text\nA,café\n".encode("latin-1")),
    "/table.parquet": (200, {"Content-Type": "application/octet-stream"}, table()),
    "/bucket/table.parquet": (200, {}, table()),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/inward": (302, {"Location": "http://169.254.169.254/secrets"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/large": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * 3_000_000)),
    "/empty": (200, {}, b""),
}


class Answers(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.answer(False)

    def do_GET(self):
        if self.path == "/dripping":
            return self.drip()
        return self.answer(True)

    def answer(self, full):
        status, headers, body = REPLIES.get(self.path.partition("?")[0], (404, {}, b"no"))
        whole = len(body)
        span = re.match(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        if span:
            start = int(span[1]) if span[1] else max(0, whole - int(span[2]))
            end = min(int(span[2]), whole - 1) if span[1] and span[2] else whole - 1
            status, body = 206, body[start : end + 1]
            headers = {**headers, "Content-Range": f"bytes {start}-{end}/{whole}"}
        self.send_response(status)
        for name, value in {
            **headers,
            "Content-Length": str(len(body)),
            "Last-Modified": "Mon, 12 Jan 2026 10:00:00 GMT",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        if full:
            self.wfile.write(body)

    def drip(self):
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        try:
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass


@pytest.fixture(scope="module")
def server():
    running = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


@pytest.fixture(autouse=True)
def directly(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("TOOLKIT_PRIVATE_ADDRESSES", "1")


@pytest.mark.parametrize("path", ["/page", "/packed", "/moved"])
def test_a_page_that_the_user_names_is_fetched(server, path):
    (article,), said = read(server + path)
    assert (article.title, article.text.count("\n\n"), said) == ("Ferry", 4, [])
    assert article.url.startswith(server)
    assert article.source.startswith(server)


def test_addresses_in_a_list_are_fetched_one_by_one(server):
    articles, said = read([f"{server}/page", f"{server}/none", f"{server}/page"])
    assert len(articles) == 2
    assert said == ["skipped: could not be fetched: the server answers 404 Not Found."]


def test_a_table_is_fetched_as_well_in_the_encoding_that_the_server_names(server):
    (article,), _ = read(f"{server}/table.csv?key=1")
    assert (article.title, article.text, article.source) == ("A", "café", f"{server}/table.csv")


def test_parquet_on_the_web_is_read_where_it_lies(server):
    articles, _ = read(f"{server}/table.parquet")
    assert [(article.title, article.text) for article in articles] == [("A", "One ferry."), ("B", "Two ferries.")]


def test_parquet_in_a_cloud_store_is_read_where_it_lies(server, monkeypatch):
    for name, value in {
        "ENDPOINT_URL": server,
        "ACCESS_KEY_ID": "a",
        "SECRET_ACCESS_KEY": "b",
        "REGION": "us-east-1",
        "ALLOW_HTTP": "true",
    }.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    articles, _ = read("s3://bucket/table.parquet")
    assert [article.title for article in articles] == ["A", "B"]
    assert read("s3://bucket/none.parquet")[1][0].startswith("skipped: cannot be read from there: ")
    assert read("s3://bucket/page.html")[1][0].startswith("skipped: is not read from where it lies, as .arrow, .csv")


REFUSED = {
    "/none": "the server answers 404 Not Found.",
    "/loop": "leads on more than 5 times.",
    "/inward": "leads on to http://169.254.169.254/secrets, which is not on the public web.",
    "/file": "leads on to file:///etc/passwd, which is not on the public web.",
    "/large": "is larger than 0 MB, which is more than is fetched; download it first.",
    "/dripping": "could not be fetched within 1 seconds.",
    "/empty": "is empty.",
}


@pytest.mark.parametrize("path", REFUSED)
def test_what_cannot_be_fetched_is_told_in_one_sentence_and_in_time(server, monkeypatch, path):
    monkeypatch.setattr("toolkit.loaders.web.LARGEST", 1_000_000)
    monkeypatch.setattr("toolkit.loaders.web.TOTAL", 1.0)
    began = time.monotonic()
    articles, said = read(server + path)
    assert (articles, len(said)) == ([], 1)
    assert said[0].startswith("skipped: ")
    assert said[0].endswith(REFUSED[path])
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://nowhere.invalid/", "http://[broken/", "http://"])
def test_an_address_where_nobody_answers_is_told(address):
    articles, said = read([address])
    assert articles == []
    assert len(said) == 1


@pytest.mark.parametrize("path", ["/page", "/table.parquet"])
def test_this_machine_and_its_network_are_fetched_from_only_if_that_is_allowed(server, monkeypatch, path):
    monkeypatch.delenv("TOOLKIT_PRIVATE_ADDRESSES")
    articles, said = read(server + path)
    assert articles == []
    assert said == [
        "skipped: could not be fetched: 127.0.0.1 is no address of the public internet; "
        "set TOOLKIT_PRIVATE_ADDRESSES=1 in the environment to fetch from it."
    ]


def test_nothing_is_asked_of_a_private_address_that_a_name_turns_out_to_have(monkeypatch):
    """The connection itself is looked at, so that a name server cannot answer otherwise the second time."""
    asked = []
    monkeypatch.delenv("TOOLKIT_PRIVATE_ADDRESSES")
    monkeypatch.setattr(Answers, "do_GET", lambda self: asked.append(self.path))
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        said = read(f"http://localhost:{running.server_port}/page")[1]
        running.shutdown()
    assert asked == []
    assert "is no address of the public internet" in said[0]


def test_a_proxy_is_not_asked_for_what_is_known_to_be_private(monkeypatch):
    for name in ("TOOLKIT_PRIVATE_ADDRESSES", "no_proxy"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert "10.0.0.1 is no address of the public internet" in read("http://10.0.0.1/page")[1][0]


def test_an_address_inside_a_file_is_never_fetched(tmp_path, server, monkeypatch):
    monkeypatch.setattr("toolkit.loaders.web.fetch", lambda url: pytest.fail(f"{url} was fetched"))
    (tmp_path / "note.txt").write_text(f"{server}/page")
    (tmp_path / "list.json").write_text(f'[{{"title": "A", "text": "{server}/page", "url": "{server}/page"}}]')
    assert len(read(tmp_path)[0]) == 2

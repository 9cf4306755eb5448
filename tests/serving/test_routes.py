"""Every address of the public server: what it answers, and what it never does."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from contest.settings import CHECKOUT
from tests.serving.server import Server
from tests.serving.visitor import Answer, Visitor

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
PAGES = ["/", "/the-le", "/dang-ky", "/dang-ky/don-vi", "/tiep-tuc", "/tra-cuu"]
REDIRECTS = {"/dang-ky/kiem-tra": "/dang-ky", "/bat-dau": "/", "/thi": "/?next=%2Fthi"}
FORMS = ["/dang-ky", "/dang-ky/don-vi", "/dang-ky/kiem-tra", "/bat-dau", "/tiep-tuc", "/tra-cuu"]
FORMS += ["/nguoi-khac"]
NOWHERE = [
    "/nope",
    "/thi/",
    "/THI",
    "/bien-nhan/",
    "/bien-nhan/AAAAAAAAA",
    "/bien-nhan/0000-0000-1",
    "/voila/files/thi.ipynb",
    "/voila/files/the_le.yml",
    "/voila/tree",
    "/voila/tree/",
    "/voila/render/x",
    "/voila/render/thi.ipynb",
    "/voila/static/voila.js",
    "/voila/query/00000000-0000-0000-0000-000000000000",
    "/voila/api/contents",
    "/voila/templates/lab/static/voila.js",
    "/voila/templates/contest/conf.json",
    "/voila/templates/contest/index.html.j2",
    "/voila/templates/contest/pages/entry.html",
    "/voila/templates/contest/static/",
    "/voila/templates/contest/static/nope.js",
    "/voila/themes/x",
    "/voila/labextensions/x",
    "/api",
    "/api/status",
    "/api/contents",
    "/api/contents/thi.ipynb",
    "/api/kernels",
    "/api/kernels/",
    "/api/kernelspecs",
    "/api/sessions",
    "/api/terminals",
    "/api/me",
    "/api/shutdown",
    "/login",
    "/logout",
    "/tree",
    "/lab",
    "/files/thi.ipynb",
    "/notebooks/thi.ipynb",
    "/nbconvert/html/thi.ipynb",
    "/static/style/style.min.css",
    "/metrics",
    "/the_le.yml",
    "/don_vi.csv",
    "/ngan_hang/bank.yml",
    "/var/timhieu.db",
    "/var/secrets/cookie",
    "/thi.ipynb",
    "/.git/config",
    "/../the_le.yml",
    "/the-le/../the_le.yml",
    "/voila/templates/contest/static/../conf.json",
    "/voila/templates/contest/static/../../../../../../pyproject.toml",
    "/voila/templates/contest/static/..%2fconf.json",
    "/voila/templates/contest/static/%2e%2e/conf.json",
    "/voila/templates/contest/static//etc/passwd",
    "/voila/templates/contest/static/%00",
    "/voila/templates/contest/static/..%5c..%5cconf.json",
    "/voila/templates/../../etc/passwd",
    "//etc/passwd",
]


def assert_harmless(answer: Answer, server: Server) -> None:
    """No traceback, no path of this machine, no name of a library's error."""
    for trace in (
        "Traceback",
        'File "',
        str(server.directory),
        str(CHECKOUT),
        str(Path.home()),
        "site-packages",
        "/usr/lib",
        "sqlite",
    ):
        assert trace not in answer.text, trace


def policy_of(answer: Answer) -> dict[str, str]:
    """Return the directives of the answer's Content-Security-Policy."""
    parts = [part.split(None, 1) for part in answer.headers["content-security-policy"].split(";")]
    return {name: value.strip() for name, value in parts}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_there_for_anybody(visitor: Visitor, server: Server, path: str) -> None:
    """Every plain page answers a stranger with 200, in Vietnamese."""
    answer = visitor.get(path)
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=UTF-8"
    assert '<html lang="vi"' in answer.text
    assert_harmless(answer, server)


@pytest.mark.parametrize("path", [*PAGES, *REDIRECTS, "/nope"])
def test_every_page_bears_the_headers(visitor: Visitor, path: str) -> None:
    """Pages, redirects and errors alike: policy, nosniff, no referrer, nothing kept in caches."""
    answer = visitor.get(path)
    assert POLICY.items() <= policy_of(answer).items()
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "no-store" in answer.headers["cache-control"]


def test_the_paper_bears_the_headers(visitor: Visitor) -> None:
    """The notebook's page has the same policy as all others, and one only."""
    visitor.register(901)
    visitor.begin()
    answer = visitor.get("/thi")
    assert answer.status == 200
    assert POLICY.items() <= policy_of(answer).items()
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "no-store" in answer.headers["cache-control"]


def test_nothing_on_a_page_needs_what_its_policy_forbids(visitor: Visitor) -> None:
    """No inline script or style, no handler in an attribute, nothing from another host."""
    visitor.register(902)
    visitor.begin()
    for path in [*PAGES, "/nope", "/thi"]:
        text = visitor.get(path).text
        for tag in re.findall(r"<script\b[^>]*>", text):
            assert " src=" in tag or 'type="application/json"' in tag, tag
        assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=", text), path
        for address in re.findall(r'(?:src|href|action)="([^"]*)"', text):
            assert address.startswith(("/", "#")), address
            assert not address.startswith("//"), address


@pytest.mark.parametrize(("path", "target"), REDIRECTS.items())
def test_a_stranger_is_led_back(visitor: Visitor, path: str, target: str) -> None:
    """Pages for somebody else's turn lead to where a stranger may begin."""
    answer = visitor.get(path)
    assert answer.status in (302, 303)
    assert answer.location == target
    assert visitor.get(answer.location).status == 200


@pytest.mark.parametrize("path", NOWHERE)
def test_an_address_that_is_not_ours_is_a_plain_404(
    visitor: Visitor, server: Server, path: str
) -> None:
    """Nothing of Jupyter, of the contest's folder or of the machine is routed."""
    answer = visitor.get(path)
    assert answer.status == 404
    assert "Không có trang này" in answer.words
    assert '<html lang="vi"' in answer.text
    assert_harmless(answer, server)


def test_a_signed_in_visitor_finds_no_more_addresses(visitor: Visitor) -> None:
    """Being registered opens none of them."""
    visitor.register(903)
    for path in NOWHERE:
        assert visitor.get(path).status == 404, path


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/api/kernels", "/api/contents", "/login", "/nope"])
def test_other_methods_find_nothing_either(visitor: Visitor, method: str, path: str) -> None:
    """A kernel can't be started, a file not written."""
    headers = {"X-XSRFToken": visitor.xsrf()}
    answer = visitor.send(method, path, "{}", headers)
    assert answer.status == 404


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "X"])
def test_a_page_takes_only_its_own_methods(visitor: Visitor, server: Server, method: str) -> None:
    """Anything but GET, HEAD and POST is refused, plainly."""
    headers = {"X-XSRFToken": visitor.xsrf()}
    for path in ("/", "/dang-ky", "/thi"):
        answer = visitor.send(method, path, None, headers)
        assert answer.status in ((403, 405) if path == "/thi" else (405,))
        assert_harmless(answer, server)


def test_head_answers_like_get(visitor: Visitor) -> None:
    """Link previews ask with HEAD."""
    for path in PAGES:
        answer = visitor.send("HEAD", path)
        assert answer.status == 200
        assert answer.text == ""
    assert visitor.send("HEAD", "/nope").status == 404


def test_no_template_is_chosen_by_the_address(visitor: Visitor) -> None:
    """Voilà's own choices are off: every page answers at once, with our template."""
    visitor.register(907)
    visitor.begin()
    for query in ("?template=nope", "?theme=x", "?template=../../x&theme=dark"):
        for path in [*PAGES, "/thi", "/nope"]:
            answer = visitor.follow(visitor.get(path + query))
            assert answer.status == (404 if path == "/nope" else 200)
            assert 'class="th-page"' in answer.text


@pytest.mark.parametrize("path", FORMS)
def test_a_form_without_its_token_is_refused(visitor: Visitor, server: Server, path: str) -> None:
    """Missing or wrong `_xsrf`: 403 and a page that says what to do."""
    visitor.get("/tra-cuu")
    for body in ("name=x", "name=x&_xsrf=", "name=x&_xsrf=2|aaaa|bbbb|1"):
        answer = visitor.post_raw(path, body)
        assert answer.status == 403
        assert "Mời Bạn tải lại trang rồi làm lại" in answer.words
        assert_harmless(answer, server)


def test_a_token_of_another_visitor_is_refused(visitor: Visitor, server: Server) -> None:
    """The token in the form must go with the cookie."""
    visitor.get("/tra-cuu")
    foreign = Visitor(server.url).xsrf()
    assert visitor.post_raw("/tra-cuu", f"ma=x&_xsrf={foreign}").status == 403


@pytest.mark.parametrize(
    "body",
    [
        b"_xsrf=%FF%FE&name=%FF",
        b"\x00\xff\xfe",
        b"name=" + b"%" * 100,
        b"a" * 60_000,
        b"&".join(b"x%d=1" % n for n in range(900)),
    ],
)
def test_a_body_that_makes_no_sense_is_refused(
    visitor: Visitor, server: Server, body: bytes
) -> None:
    """Whatever comes is answered, never with an incident of ours."""
    token = visitor.xsrf().encode()
    answer = visitor.post_raw("/tra-cuu", body + b"&_xsrf=" + token)
    assert answer.status in (200, 400, 403)
    assert_harmless(answer, server)
    assert "incident" not in server.errors


def test_a_body_over_the_limit_is_refused(visitor: Visitor) -> None:
    """More than 64 kB is not even read."""
    token = visitor.xsrf()
    try:
        answer = visitor.post_raw("/tra-cuu", f"_xsrf={token}&ma={'9' * 70_000}")
    except (BrokenPipeError, ConnectionResetError):
        return
    assert answer.status in (400, 413)


def test_headers_without_end_are_refused(visitor: Visitor) -> None:
    """A header of 100 kB closes the line or is answered with an error."""
    try:
        answer = visitor.send("GET", "/", headers={"X-Long": "a" * 100_000})
    except (ConnectionError, OSError):
        return
    assert answer.status in (400, 431)


def test_static_files_may_be_kept_for_good(visitor: Visitor) -> None:
    """Every file that a page names carries a version and may be cached for a year."""
    addresses = set()
    for path in (*PAGES, "/nope"):
        addresses |= set(re.findall(r'"(/voila/templates/[^"]+)"', visitor.get(path).text))
    assert addresses
    for address in addresses:
        assert "?v=" in address
        answer = visitor.get(address)
        assert answer.status == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not answer.cookies


def test_files_and_pages_travel_compressed(visitor: Visitor) -> None:
    """On a phone the script of the paper is 80 kB instead of three times that."""
    for path in ("/the-le", "/voila/templates/contest/static/entry.js"):
        answer = visitor.send("GET", path, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.size < 84_000


def test_a_static_file_without_version_is_asked_for_again(visitor: Visitor) -> None:
    """Nobody keeps a file that may change."""
    answer = visitor.get("/voila/templates/contest/static/look.css")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "no-cache"


def test_no_source_map_or_source_is_served(visitor: Visitor) -> None:
    """The bundles name no map, and the maps' addresses are empty."""
    for name in ("entry.js", "page.js", "display.js", "look.css"):
        answer = visitor.get(f"/voila/templates/contest/static/{name}")
        assert answer.status == 200
        assert "sourceMappingURL" not in answer.text
        assert visitor.get(f"/voila/templates/contest/static/{name}.map").status == 404


def test_cookies_are_kept_from_scripts_and_other_sites(visitor: Visitor) -> None:
    """All cookies but the form token are HttpOnly; all are SameSite=Lax."""
    visitor.register(904)
    visitor.begin()
    seen: set[str] = set()
    other = Visitor(visitor.url)
    answers = [
        other.get("/dang-ky"),
        other.post("/dang-ky", name="Thí sinh thử 00905", phone="0000000905"),
        other.post("/dang-ky/don-vi", unit="dv-1"),
        other.post("/dang-ky/kiem-tra", consent="yes"),
        other.post("/tiep-tuc", ma="AAAA-AAAA"),
        visitor.get("/thi"),
    ]
    for cookie in (cookie for answer in answers for cookie in answer.cookies):
        name, _, rest = cookie.partition("=")
        if rest.startswith(";") or rest.startswith('""'):
            continue  # taken away
        assert "samesite=lax" in rest.lower(), cookie
        assert ("httponly" in rest.lower()) == (name != "_xsrf"), cookie
        seen.add(name.split("-")[-1])
    assert len(seen) == 5  # form token, visitor, code, draft, browser


def test_cookies_are_signed(visitor: Visitor, server: Server) -> None:
    """A changed cookie is no cookie: its bearer is a stranger."""
    visitor.register(906)
    assert "Thí sinh thử 00906" in visitor.get("/").words
    for name, value in visitor.cookies.items():
        if name == "_xsrf":
            continue
        for changed in (value[:-6] + "0" * 5 + value[-1:], value.replace("2|1:0", "1|1:0"), "x"):
            stranger = Visitor(server.url, {**visitor.cookies, name: changed})
            answer = stranger.get("/")
            assert answer.status == 200
            if name.count("-") == 1:
                assert "Thí sinh thử 00906" not in answer.words


def test_nothing_hangs_under_many_requests_at_once(visitor: Visitor) -> None:
    """A hundred requests side by side are all answered."""
    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(visitor.get, PAGES * 17))
    assert {answer.status for answer in answers} == {200}


def test_other_hosts_names_change_nothing(visitor: Visitor) -> None:
    """A forged Host is answered, but leads nowhere else."""
    answer = visitor.send("GET", "/thi", headers={"Host": "evil.example"})
    assert answer.location.startswith("/")
    assert "evil.example" not in visitor.send("GET", "/", headers={"Host": "evil.example"}).text

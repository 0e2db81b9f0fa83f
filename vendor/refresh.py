"""Fetch the vendored front-end files again and write ``vendor/manifest.json``.

Run ``python vendor/refresh.py`` after a change in ``vendor/packages.json`` (needs npm and the
registry it is configured for). A file is kept as published, but for two things: a reference to
a source map is cut, and a style sheet is put into a cascade layer, so that our own layers win.
``python vendor/refresh.py --check`` fetches nothing and compares the kept files with the manifest;
``--unused`` lists the icons that nothing names.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "vendor" / "packages.json"
MANIFEST = ROOT / "vendor" / "manifest.json"
CHARSET = '@charset "UTF-8";'
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S+")


def main() -> int:
    if "--check" in sys.argv:
        return check()
    if "--unused" in sys.argv:
        return unused()
    manifest = {}
    for name, package in json.loads(PACKAGES.read_text()).items():
        with tempfile.TemporaryDirectory() as folder:
            source = fetch(package, Path(folder))
            manifest[name] = keep(package, source)
    MANIFEST.write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")
    return 0


def fetch(package: dict, folder: Path) -> Path:
    """Download and unpack one npm package; return the folder it is in."""
    spec = f"{package['npm']}@{package['version']}"
    packed = subprocess.run(
        ["npm", "pack", "--silent", spec], cwd=folder, check=True, capture_output=True, text=True
    )
    with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def keep(package: dict, source: Path) -> dict:
    """Write the files that are used and return their entry for the manifest."""
    target = ROOT / package["folder"]
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        old.unlink()
    (target / "LICENCE").write_text((source / package["licence_file"]).read_text())
    files = {}
    for name in package["files"]:
        published = (source / package["from"] / name).read_text()
        kept = SOURCE_MAP.sub("", published)
        if layer := package.get("layer"):
            rules = kept.removeprefix(CHARSET).strip()
            kept = f"@layer {layer}{{{rules}}}\n"
        (target / name).write_text(kept)
        files[name] = {"published_sha256": digest(published), "sha256": digest(kept)}
    entry = {key: package[key] for key in ("npm", "version", "licence", "folder")}
    return {**entry, "files": files}


def check() -> int:
    """Return 1 and name each kept file that the manifest does not describe."""
    wrong = []
    for package in json.loads(MANIFEST.read_text()).values():
        folder = ROOT / package["folder"]
        kept = {path.name for path in folder.iterdir()} - {"LICENCE"}
        wrong += [f"{folder / name}: not as listed" for name in kept ^ set(package["files"])]
        for name in kept & set(package["files"]):
            if digest((folder / name).read_text()) != package["files"][name]["sha256"]:
                wrong.append(f"{folder / name}: changed since it was fetched")
    print("\n".join(wrong) or "Vendored files are as listed.")
    return 1 if wrong else 0


def unused() -> int:
    """List the icons that no template and no module of the source names."""
    source = ROOT / "src" / "originmark"
    files = [*source.rglob("*.py"), *source.rglob("*.html")]
    named = set(re.findall(r"[\"']([a-z0-9-]+)[\"']", "".join(each.read_text() for each in files)))
    icons = json.loads(PACKAGES.read_text())["tabler-icons"]["files"]
    print("\n".join(name for name in icons if name.removesuffix(".svg") not in named))
    return 0


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())

"""Which packs a pack command is about: by name, by path, or all that are shipped."""

from __future__ import annotations

from pathlib import Path

from redress.config.trouble import Trouble

SHIPPED = Path(__file__).resolve().parents[3] / "packs"


def add_packs(parser, many: bool = True) -> None:
    """Adds PACK (names or paths; all without any) and --packs DIR."""
    parser.add_argument("pack", nargs="*" if many else "?", help="a pack's name or folder (all packs without one)")
    parser.add_argument("--packs", type=Path, default=None, help="the folder that holds the packs")


def folders(args) -> list[Path]:
    """The folders meant. Raises ``Trouble`` naming what there is."""
    home = args.packs or (Path("packs") if Path("packs").is_dir() else SHIPPED)
    asked = args.pack if isinstance(args.pack, list) else [args.pack] if args.pack else []
    if not asked:
        return sorted(file.parent for file in home.glob("*/pack.yaml"))
    return [_folder(home, name) for name in asked]


def _folder(home: Path, name: str) -> Path:
    for candidate in (home / name, Path(name)):
        if (candidate / "pack.yaml").is_file():
            return candidate
    known = ", ".join(sorted(file.parent.name for file in home.glob("*/pack.yaml"))) or "none"
    raise Trouble(f"there is no pack {name}; packs here: {known}")

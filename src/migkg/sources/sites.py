"""All described sites, by name and by the addresses of their pages."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from migkg.errors import DataFileError, UsageError
from migkg.resources import data_path
from migkg.sources.site import Site, host_of
from migkg.sources.site_file import read_site

# More folders with descriptions, parted like those of PATH.
FOLDERS = "MIGKG_SOURCES"


def find_site(name: str) -> Site:
    """A described site by its name, or by the path of a file.

    Raises:
        UsageError: there is none of this name.
        DataFileError: its description is malformed.
    """
    if name.endswith((".yaml", ".yml")):
        if not Path(name).is_file():
            raise UsageError(f"{name}: no such file")
        return read_site(Path(name))
    sites = load_sites()
    if name not in sites:
        raise UsageError(f"no source is called {name}; there are {', '.join(sites)}")
    return sites[name]


def site_paths() -> list[Path]:
    """The files that describe sites, those of the project first."""
    folders = [data_path("sources"), *(Path(name) for name in os.environ.get(FOLDERS, "").split(os.pathsep) if name)]
    return [path for folder in folders for path in sorted(folder.glob("*.yaml"))]


def load_sites() -> Mapping[str, Site]:
    """All described sites by name.

    Raises:
        DataFileError: a file is malformed, or two have one name.
    """
    return _load(tuple(site_paths()))


@cache
def _load(paths: tuple[Path, ...]) -> Mapping[str, Site]:
    sites: dict[str, Site] = {}
    for path in paths:
        if path.stem in sites:
            raise DataFileError(f"{path}: there is another source of this name")
        sites[path.stem] = read_site(path)
    return sites


def site_of(url: str | None) -> Site | None:
    """The site that an address belongs to as one of its pages; ``None`` where none is described."""
    if not url:
        return None
    return next((site for site in _by_host().get(host_of(url), ()) if site.selects(url)), None)


def _by_host() -> Mapping[str, tuple[Site, ...]]:
    return _hosts(tuple(site_paths())) if FOLDERS in os.environ else _own_hosts()


@cache
def _own_hosts() -> Mapping[str, tuple[Site, ...]]:
    return _hosts(tuple(site_paths()))


@cache
def _hosts(paths: tuple[Path, ...]) -> Mapping[str, tuple[Site, ...]]:
    found: dict[str, tuple[Site, ...]] = {}
    for site in _load(paths).values():
        for host in site.hosts:
            found[host] = (*found.get(host, ()), site)
    return found

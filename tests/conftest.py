"""Fixtures for all tests, and the option that makes a skipped test a failure (for CI)."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="fail when a test is skipped, and say which and why")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and terminalreporter.config.getoption("--no-skips"):
        terminalreporter.section("skipped, which --no-skips forbids")
        for report in skipped:
            terminalreporter.line(f"{report.nodeid or report.longrepr[0]}: {report.longrepr[2]}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--no-skips") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of annotated documents and design notes that lies beside the repository, where there is one."""
    if not (SHARED / "gold").is_dir():
        pytest.skip("there is no ../shared beside the repository")
    return SHARED

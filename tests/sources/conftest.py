from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def gold_folder() -> str:
    """The annotated test documents."""
    return str(Path(__file__).resolve().parents[1] / "gold")

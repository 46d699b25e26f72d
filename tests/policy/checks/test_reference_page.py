"""docs/reference/language.md says what the models say."""

from pathlib import Path

from redress.policy.reference import reference

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "language.md"


def test_the_reference_page_is_as_generated() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), (
        "run: redress pack reference --write docs/reference/language.md"
    )

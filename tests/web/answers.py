"""What an answer of the product says, and where it sends one."""

import re


def text_of(answer) -> str:
    """The page, with its white space folded."""
    assert answer.status_code == 200, answer.content.decode()[:400]
    return re.sub(r"\s+", " ", answer.content.decode())


def led_to(answer) -> str:
    """The address of the page that follows a form that was taken."""
    assert answer.status_code == 303, answer.content.decode()[:400]
    return answer["Location"]

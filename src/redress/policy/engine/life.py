"""The common life of every case: which stage each step leads to. Packs hang duties and gates on it; none draws its own."""

LIFE: dict[str, str] = {
    "accept": "assessed",
    "decline": "declined",
    "investigate": "investigated",
    "propose": "proposed",
    "agree": "agreed",
    "disagree": "disputed",
    "refer": "referred",
    "carry-out": "carried-out",
    "follow-up": "followed-up",
    "close": "closed",
    "reopen": "assessed",
    "archive": "archived",
}

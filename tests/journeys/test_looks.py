"""Every page as it looks, wide and on a phone: no error in the browser, no accessibility violation, nothing wider than the screen."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.web.conftest import MONDAY, PACKS, found_teahouse

pytestmark = pytest.mark.journey


@pytest.fixture
def cases(walk, settings):
    settings.PACKS_DIR = PACKS
    found_teahouse()
    return cases_of_a_morning(walk)


def cases_of_a_morning(walk) -> str:
    """Some complaints at different stages; gives the id of the one with the most to see."""
    from redress.cases import case_file
    from redress.policy.engine.commands import Perform, Register

    texts = ["茶里有异物，客人很生气，要求当面说明", "等位一个小时没有人招呼", "结账多收了两壶茶钱"]
    ids = []
    for number, text in enumerate(texts):
        level = "major" if number == 0 else "normal"
        data = {
            "customer": "李四",
            "phone": "13812345678",
            "content": text,
            "level": level,
            "channel": "counter",
            "loss": "128.50",
        }
        done = case_file.register("teahouse", Register("east", data), "lin", MONDAY + timedelta(minutes=number))
        ids.append(str(done.case_id))
    case_file.act(
        ids[0], Perform("compensate", {"amount": "300", "causes": ["tea"]}), "lin", MONDAY + timedelta(minutes=6)
    )
    walk.at(MONDAY + timedelta(minutes=12))
    return ids[0]


@pytest.mark.parametrize("phone", [False, True], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page(walk, cases, phone, language):
    size = "phone" if phone else "wide"
    people = {
        "lin": ["/", "/desk", "/cases", f"/cases/{cases}", "/policy", "/books", "/books/complaints"],
        "chen": ["/", f"/cases/{cases}", f"/cases/{cases}/documents/slip"],
        "gao": ["/setup", "/reports?report=weekly"],
    }
    wrong = []
    for person, addresses in people.items():
        page = walk.person(f"teahouse.{person}", phone=phone, language=language)
        for address in addresses:
            walk.go(page, address)
            name = f"{size}-{language}-{person}-{address.strip('/').replace('/', '-').replace('?', '-')[:20] or 'work'}"
            walk.picture(page, name)
            found = Axe().run(page).response["violations"]
            wrong += [
                f"{name}: {v['id']}: {v['nodes'][0]['html'][:160]}"
                for v in found
                if v["impact"] in ("serious", "critical", "moderate")
            ]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append(f"{name}: wider than the screen")
    assert not wrong, "\n".join(wrong)
    assert walk.troubles == []

"""Pages and styles travel compressed, pictures and parts of files as they are; no two answers of a page are equally long."""

import gzip

from django.templatetags.static import static

ASKS = {"Accept-Encoding": "gzip, br"}


def test_a_page_is_compressed_for_whoever_can_read_it(visit):
    lin = visit("lin")
    plain, packed = lin.get("/cases"), lin.get("/cases", headers=ASKS)
    assert "Content-Encoding" not in plain and packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(packed.content) < len(plain.content) / 2
    assert "案件" in gzip.decompress(packed.content).decode()


def test_the_length_of_a_page_gives_nothing_away(visit):
    lin = visit("lin")
    lengths = {len(lin.get("/policy", headers=ASKS).content) for _ in range(8)}
    assert len(lengths) > 2


def test_styles_and_scripts_are_compressed_and_parts_of_them_are_not(client):
    whole = client.get(static("web/redress.css"), headers=ASKS)
    packed = b"".join(whole.streaming_content)
    assert whole["Content-Encoding"] == "gzip" and gzip.decompress(packed).startswith(b"/*")
    part = client.get(static("web/redress.css"), headers={**ASKS, "Range": "bytes=0-9"})
    assert part.status_code == 206 and "Content-Encoding" not in part
    assert len(b"".join(part.streaming_content)) == 10

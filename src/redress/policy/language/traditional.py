"""Chinese in traditional characters, made from the simplified ones in which packs and pages are written.

The machine's tables (OpenCC, Taiwan's shapes) do the characters; ``WORDS`` puts right what they get wrong in this trade and
chooses words that are understood in Taipei and in Hong Kong alike (docs/decisions, "Traditional characters").
Only words of packs and of the programme are converted. What people recorded, and what people and houses are called, never is.
"""

from __future__ import annotations

import re
from functools import lru_cache

import opencc

LANGUAGE = "zh-hant"

WORDS = {
    # Shapes: one simplified character stands for several, and the machine takes the wrong one.
    "臺": "台", "檯": "台", "籤": "簽", "標籤": "標籤", "彆著": "別著", "獲準": "獲准", "核準": "核准",
    "核準確": "核準確", "銀鬚": "銀須", "賬": "帳",
    "聯系": "聯絡", "聯繫": "聯絡", "佈": "布", "回復": "回覆", "批復": "批覆", "答復": "答覆",
    "盡快": "儘快", "盡量": "儘量", "盡早": "儘早", "傢俱": "家具", "瞭解": "了解", "複核": "覆核", "覆盤": "複盤", "反複": "反覆",
    "彙": "匯", "詞彙": "詞彙", "一格里": "一格裡", "字符": "字元",
    # Marks: quotations stand in corner brackets.
    "“": "「", "”": "」", "‘": "『", "’": "』",
    # Words: what the trade says elsewhere.
    "登錄": "登入", "單點登錄": "單一登入", "網絡": "網路", "個人信息": "個人資料", "信息": "資訊", "短信": "簡訊",
    "視頻": "影片", "視頻監控": "監視影像", "視頻會議": "視訊會議", "音頻": "錄音", "質量": "品質", "質檢": "品檢",
    "質控": "品管", "打印": "列印", "設置": "設定", "搜索": "搜尋", "鏈接": "連結", "字段": "欄位", "單元格": "儲存格",
    "郵箱": "電子信箱", "在線": "線上", "實時": "即時", "複印": "影印", "復印": "影印", "截圖": "螢幕截圖",
    "屏幕": "螢幕", "默認": "預設", "刷新": "重新整理", "加載": "載入", "導出": "匯出", "導入": "匯入", "粘貼": "貼上",
    "鼠標": "滑鼠", "服務器": "伺服器", "數據庫": "資料庫", "硬件": "硬體", "軟件": "軟體", "二維碼": "QR 碼",
    "掃碼": "掃 QR 碼", "文件夾": "資料夾", "計算機": "電腦", "恢復碼": "復原碼", "電子表格": "試算表",
    "演示": "示範", "錄像": "錄影", "攝像頭": "攝影機", "剪貼板": "剪貼簿", "用戶名": "使用者名稱",
    "手機號": "手機號碼", "手機號碼": "手機號碼", "移動電話": "行動電話", "緩存": "快取",
}  # fmt: skip
"""What the machine makes -> what it shall be; the longest that fits wins, so a longer word may shield a shorter one."""

_machine = opencc.OpenCC("s2tw")
_words = re.compile("|".join(sorted(map(re.escape, WORDS), key=len, reverse=True)))


def is_traditional(lang: str) -> bool:
    """Whether a language is Chinese in traditional characters."""
    return lang.lower().startswith(LANGUAGE)


@lru_cache(maxsize=50_000)
def traditional(text: str) -> str:
    """The text in traditional characters; anything that is not Chinese stays."""
    if text.isascii():
        return text
    return _words.sub(lambda found: WORDS[found[0]], _machine.convert(text))


def in_script(text: str, lang: str) -> str:
    """Chinese words of a pack or of the programme as ``lang`` writes them."""
    return traditional(text) if is_traditional(lang) else text

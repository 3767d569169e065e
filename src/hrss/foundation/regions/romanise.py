"""Pinyin of names, for sorting and for searching by typing letters.

Surnames have their own readings (单 shan, 仇 qiu, 曾 zeng); place names take the common reading. It keeps only a–z.
"""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

_SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "任": "ren", "区": "ou", "覃": "qin", "翟": "zhai",
    "朴": "piao", "盖": "ge", "乐": "yue", "华": "hua", "曾": "zeng", "冼": "xian", "缪": "miao", "燕": "yan",
    "尉迟": "yuchi", "万俟": "moqi", "长孙": "zhangsun", "宓": "mi", "员": "yun", "黑": "he", "秘": "bi", "种": "chong",
    "重": "chong", "召": "shao", "晟": "cheng", "郇": "xun", "牟": "mou", "逄": "pang", "隗": "wei", "哈": "ha",
}  # fmt: skip


@lru_cache(maxsize=65_536)
def pinyin_of_name(name: str) -> str:
    """Give a person's name in pinyin without tones or spaces: 曾小单 → ``zengxiaodan``."""
    for length in (2, 1):
        surname = _SURNAMES.get(name[:length]) if len(name) > length else None
        if surname:
            return surname + pinyin_of(name[length:])
    return pinyin_of(name)


def pinyin_of(text: str) -> str:
    """Give any text in pinyin; what is not a letter or digit afterwards is left out."""
    joined = "".join(lazy_pinyin(text, style=Style.NORMAL, v_to_u=False)).lower()
    return "".join(character for character in joined if character.isascii() and character.isalnum())

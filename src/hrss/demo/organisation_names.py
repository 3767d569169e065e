"""Words of which the names of offices and firms are made, and the trades of the county with their weight.

Trades follow the plan (第三章第七节: 山地特色高效农业及农产品精深加工、生态工业、文旅服务业) and its labour brands.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import yaml


def _words(group: str) -> tuple[str, ...]:
    file = Path(__file__).parent / "data" / "organisation_words.yaml"
    return tuple(str(yaml.safe_load(file.read_text(encoding="utf-8"))[group]).split())


AGENCIES: Final = (
    ("奉节县人力资源和社会保障局", "11"),
    ("奉节县就业和人才中心", "12"),
    ("奉节县社会保险事务中心", "12"),
    ("奉节县人力社保综合行政执法支队", "12"),
    ("奉节县劳动人事争议仲裁院", "12"),
)

DEPARTMENTS: Final = _words("departments")

WORDS: Final = _words("words")

# (section of GB/T 4754, endings of names, share of firms, factor of size)
TRADES: Final = (
    (
        "A",
        (
            "脐橙专业合作社",
            "脐橙种植有限公司",
            "生态农业有限公司",
            "油橄榄专业合作社",
            "山羊养殖专业合作社",
            "中药材专业合作社",
        ),
        0.15,
        0.6,
    ),
    (
        "C",
        (
            "农产品加工有限公司",
            "食品有限公司",
            "眼镜有限公司",
            "服饰有限公司",
            "建材有限公司",
            "电子有限公司",
            "家具有限公司",
        ),
        0.10,
        1.9,
    ),
    ("D", ("新能源有限公司", "供水有限公司"), 0.006, 2.2),
    ("E", ("建筑工程有限公司", "建筑劳务有限公司", "装饰工程有限公司", "市政工程有限公司"), 0.12, 2.4),
    (
        "F",
        ("商贸有限公司", "超市有限公司", "建材经营部", "医药有限公司", "汽车销售有限公司", "电子商务有限公司"),
        0.25,
        0.6,
    ),
    ("G", ("物流有限公司", "客运有限公司", "航运有限公司"), 0.045, 1.1),
    ("H", ("餐饮管理有限公司", "盬子鸡餐饮有限公司", "酒店有限公司", "民宿有限公司"), 0.10, 0.8),
    ("I", ("信息技术有限公司", "网络科技有限公司"), 0.03, 0.6),
    ("K", ("物业管理有限公司", "房地产开发有限公司"), 0.035, 1.6),
    ("L", ("人力资源有限公司", "旅行社有限公司", "劳务有限公司", "企业管理有限公司"), 0.05, 1.2),
    ("M", ("工程咨询有限公司", "勘测设计有限公司"), 0.02, 0.7),
    ("N", ("环境工程有限公司", "景区管理有限公司"), 0.012, 1.5),
    ("O", ("家政服务有限公司", "家电维修店", "养老服务有限公司", "美容美发店"), 0.052, 0.6),
    ("R", ("文化旅游有限公司", "文化传媒有限公司"), 0.03, 0.8),
)

"""Which county this installation serves: the region of the pack in use (``pack.yaml``), for rules and parameters.

One place knows; a new county is another pack. It refuses a pack without a region of six digits.
"""

from __future__ import annotations

import functools
import re

from django.conf import settings

from hrss.kernel.pack_files import pack_problem, read_yaml


@functools.cache
def county_code() -> str:
    """Give the county's region code (GB/T 2260, six digits). Problem ``pack.invalid`` where the pack has none."""
    path = settings.HRSS_PACKS / settings.HRSS_COUNTY_PACK / "pack.yaml"
    source = read_yaml(path, root=settings.HRSS_PACKS)
    code = str(source.data.get("region", ""))
    if not re.fullmatch(r"[0-9]{6}", code):
        raise pack_problem(source.place(()), "县级包没有六位的行政区划代码", remedy="在 pack.yaml 写 region")
    return code

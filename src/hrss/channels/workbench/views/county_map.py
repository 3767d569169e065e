"""地图: which map the boards draw, who loaded it and when; data administrators load an approved GeoJSON.

A wrong file is refused with the first thing that is wrong and changes nothing; the number typed stays. Without a map
the boards draw tiles, and so does this page.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages as notes
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from hrss.channels.ui.formats import moment
from hrss.channels.ui.render import new_key
from hrss.channels.ui.request import Request
from hrss.channels.workbench.refused import kept, status_of
from hrss.channels.workbench.shell import work_page
from hrss.foundation.regions.mapping import bounds_of, load_map, map_shown, maps_loaded
from hrss.foundation.regions.outlines import MOST_BYTES
from hrss.foundation.regions.queries import RegionNode, townships
from hrss.foundation.verbs import keyed
from hrss.kernel.problem import Problem

_MOST = MOST_BYTES // 1_000_000


def county_map(request: Request) -> HttpResponse:
    """The map in use and its history; POST loads an approved one."""
    problem: Problem | None = None
    if request.method == "POST":
        try:
            notes.success(request, _loaded(request))
            return HttpResponseRedirect(reverse("workbench.map"))
        except Problem as raised:
            problem = kept(request, raised)
    return _page(request, problem)


def _page(request: Request, problem: Problem | None) -> HttpResponse:
    shown, nodes = map_shown(), townships()
    named = {node.code: _named(node) for node in nodes}
    shapes = [named[one.code] | {"path": one.path, "x": one.x, "y": one.y} for one in shown.shapes] if shown else []
    tiles = [named[node.code] | {"column": node.tile[0], "row": node.tile[1]} for node in nodes if node.tile]
    return work_page(
        request,
        "workbench/map.html",
        status=status_of(problem),
        shown=shown,
        shapes=shapes,
        tiles=tiles,
        history=[
            {"number": one.number, "by": one.loaded_by, "at": moment(one.loaded_at), "sha256": one.sha256[:16]}
            for one in maps_loaded()
        ],
        townships=len(nodes),
        most=_MOST,
        typed=request.POST.get("number", ""),
        problems=problem,
        key=new_key(),
    )


def _loaded(request: Request) -> str:
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile) or not upload.size:
        raise Problem("map.none", "请选择地图文件", remedy="测绘部门给的 GeoJSON 文件", field="file")
    if upload.size > MOST_BYTES:
        raise Problem("map.file", f"文件超过 {_MOST} MB", remedy="请用简化过的乡镇界线", field="file")
    bounds = bounds_of(settings.HRSS_PACKS / settings.HRSS_COUNTY_PACK)
    try:
        done = keyed(
            request.POST.get("_key", ""),
            load_map,
            upload.read(),
            actor=request.actor,
            number=request.POST.get("number", ""),
            bounds=bounds,
        )
    except Problem as problem:
        problem.field = "number" if problem.code == "map.number" else "file"
        raise
    return f"已载入 {done.data['townships']} 个乡镇（街道）的地图，审图号 {done.number}，看板从现在起用它"


def _named(node: RegionNode) -> dict[str, Any]:
    """Give a township as ui.tile_map and ui.county_map draw it: its name and how many villages it has."""
    href = reverse("cockpit.overview", query={"region": node.code})
    return {"name": node.name, "href": href, "value": f"{len(node.children)} 村", "shade": 0}

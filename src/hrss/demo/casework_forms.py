"""What was filled in on the forms of five years, and what was found, as the items' own forms have it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

from hrss.demo.county import County
from hrss.demo.history import BENEFIT, FAMILY, HARDSHIP, HIRING, PENSION, UNEMPLOYMENT
from hrss.demo.identifiers import as_date

Row = dict[str, Any]


def forms(county: County) -> list[Row]:
    """Give the filled-in form of every case, in the order of the frame ``cases``."""
    filler = _Filler(county)
    fillers: dict[str, Callable[[Row], Row]] = {
        UNEMPLOYMENT: filler.unemployment,
        HARDSHIP: filler.hardship,
        FAMILY: filler.family,
        HIRING: filler.hiring,
        PENSION: filler.pension,
        BENEFIT: filler.benefit,
    }
    return [fillers[row["item"]](row) for row in county["cases"].iter_rows(named=True)]


def results(county: County) -> list[str]:
    """Give what was found (JSON): for recognitions the category and until when, else nothing."""
    hardship = county["hardship"]
    category, until = hardship["category"].to_list(), hardship["valid_until"].to_list()
    found = []
    for item, row, granted in county["cases"].select("item", "row", "granted").rows():
        if item == HARDSHIP and granted and row >= 0:
            facts = {"category": category[row], "valid_until": as_date(until[row]).isoformat()}
            found.append(orjson.dumps(facts).decode())
        else:
            found.append("{}")
    return found


class _Filler:
    """Columns that every form needs, taken out of the frames once."""

    def __init__(self, county: County) -> None:
        persons = county["persons"]
        self.name, self.id_number = persons["name"].to_list(), persons["id_number"].to_list()
        self.phone = persons["phone"].to_list()
        self.village = county["villages"]["code"].to_list()
        self.registrations = county["registrations"].to_dicts()
        self.hardships = county["hardship"]["category"].to_list()
        self.families = county["families"]["members"].to_list()
        self.claims = county["unemployment_claims"]["registration"].to_list()
        spells = county["spells"]
        self.hired, self.since = spells["person"].to_list(), spells["since"].to_list()
        self.occupation = spells["occupation"].to_list()
        self.firm = county["organisations"]["name"].to_list()
        self.head = county["organisations"]["head"].to_list()

    def unemployment(self, row: Row) -> Row:
        """失业登记."""
        form: Row = {
            "situation": "other",
            "phone": self._phone(row["person"]),
            "residence": self.village[row["village"]],
        }
        if row["row"] >= 0:
            entry = self.registrations[row["row"]]
            form["situation"] = entry["situation"]
            if entry["situation"] == "left_unit":
                form |= {"leave_date": as_date(entry["left_on"]).isoformat(), "leave_reason": entry["leave_reason"]}
                if entry["last_employer"] >= 0:
                    form["last_employer"] = self.firm[entry["last_employer"]]
            if entry["wanted_job"]:
                form["wanted_job"] = entry["wanted_job"]
        return form | {"willing": True}

    def hardship(self, row: Row) -> Row:
        """就业困难人员认定."""
        category = self.hardships[row["row"]] if row["row"] >= 0 else "low_income"
        form: Row = {
            "category": category,
            "phone": self._phone(row["person"]),
            "statement": "多次求职没有成功，家庭困难",
        }
        return form | ({"disability_grade": "3"} if category == "disabled" else {})

    def family(self, row: Row) -> Row:
        """零就业家庭认定."""
        members = self.families[row["row"]] if row["row"] >= 0 else [row["person"]]
        listed = [
            {
                "name": self.name[one],
                "id_number": self.id_number[one],
                "relation": "self" if one == row["person"] else "other",
                "situation": "unemployed",
            }
            for one in members
        ]
        return {"members": listed, "phone": self._phone(row["person"]), "wanted_job": "家里一个人先找到工作就行"}

    def hiring(self, row: Row) -> Row:
        """单位招用人员就业登记."""
        hires = [
            {
                "name": self.name[self.hired[one]],
                "id_number": self.id_number[self.hired[one]],
                "hired_on": as_date(self.since[one]).isoformat(),
                "contract_kind": "fixed",
                "occupation": self.occupation[one],
            }
            for one in row["people"]
        ]
        head = self.head[row["organisation"]]
        contact = self.name[head] if head >= 0 else "经办人"
        return {"contact": contact, "phone": self._phone(max(head, 0)), "hires": hires}

    def pension(self, row: Row) -> Row:
        """城乡居民养老保险待遇申领."""
        phone = self._phone(row["person"])
        return {"other_pension": False, "pay_to": "record", "phone": phone, "statement": True}

    def benefit(self, row: Row) -> Row:
        """失业保险金申领."""
        reason = self.registrations[self.claims[row["row"]]]["leave_reason"]
        return {"leave_reason": reason, "pay_to": "record", "phone": self._phone(row["person"]), "willing": True}

    def _phone(self, person: int) -> str:
        return self.phone[person] or "10000000000"

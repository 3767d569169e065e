"""Register a person who has no record yet."""

from __future__ import annotations

import re

from django.db import IntegrityError, transaction
from django.utils import timezone

from hrss.foundation import audit
from hrss.foundation.crypto import blind_candidates, blind_index, ring_in_use, seal
from hrss.foundation.people.elevation import elevated
from hrss.foundation.people.models import Person
from hrss.foundation.people.models.person import ID_NUMBER
from hrss.foundation.people.nations import check_nation
from hrss.foundation.people.policies import RECORDERS, require_post
from hrss.foundation.regions import queries as regions
from hrss.foundation.regions.romanise import pinyin_of_name
from hrss.foundation.verbs import verb
from hrss.kernel.actor import Actor, Function
from hrss.kernel.identifiers import IdNumber, check_id_number, uuid7
from hrss.kernel.outcome import Outcome
from hrss.kernel.problem import Problem

_NAME = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff][\u3400-\u9fff\U00020000-\U0003ffff·]{0,48}|[A-Za-z][A-Za-z .'-]{1,48}"
)


@verb("people.register_person")
def register_person(
    *,
    actor: Actor,
    name: str,
    id_number: str,
    region_code: str,
    residence_code: str = "",
    away_to: str = "",
    nation: str = "汉族",
    education: str = Person.Education.UNKNOWN,
    hukou: str = Person.Hukou.RURAL,
    key: str = "",
) -> Outcome:
    """Make the record of a person of ``region_code`` (village); sex and birth date come from the id number (M01).

    Problems: ``id_number.…``, ``people.name``, ``people.nation``, ``people.already_registered`` (409, M02),
    ``people.same_person_suspected`` (409, M02), ``people.no_post`` (403), ``regions.…``.
    """
    today = timezone.localdate()
    number = check_id_number(id_number, on=today)
    name, nation = check_name(name), check_nation(nation)
    regions.require(region_code, level="village", on=today)
    if residence_code:
        regions.require(residence_code, on=today, field="residence_code")
    require_post(actor, *RECORDERS, Function.VILLAGE_AGENT, region=region_code, doing="在这个区域登记人员")
    _refuse_second_record(actor, name, number, region_code)
    ring, key_id = ring_in_use(), uuid7()
    person = Person(
        id=key_id,
        region_code=region_code,
        residence_code=residence_code or ("" if away_to else region_code),
        away_to=away_to,
        name=name,
        pinyin=pinyin_of_name(name),
        sex=number.sex,
        birth_date=number.birth_date,
        nation=nation,
        education=Person.Education(education),
        hukou=Person.Hukou(hukou),
        id_cipher=seal(number.text, ring=ring, field=ID_NUMBER, owner=key_id),
        id_index=blind_index(number.text, ring=ring, field=ID_NUMBER),
        id_tail=number.tail,
    )
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:  # the same number at the same moment from another window
        raise _already_registered() from error
    audit.record(
        actor,
        "people.register_person",
        subject_kind="person",
        subject_id=person.id,
        person_id=person.id,
        region=region_code,
    )
    return Outcome("person", str(person.id), data={"name": name, "version": 1})


def check_name(name: str) -> str:
    """Give the name without stray spaces; Problem ``people.name`` when it is not one."""
    text = name.strip().replace("•", "·").replace("．", "·")
    if not _NAME.fullmatch(text):
        raise Problem(
            "people.name", f"“{name}”不是规范的姓名", remedy="请按身份证填写，少数民族姓名用间隔号“·”", field="name"
        )
    return text


def _refuse_second_record(actor: Actor, name: str, number: IdNumber, region_code: str) -> None:
    indexes = blind_candidates(number.text, ring=ring_in_use(), field=ID_NUMBER)
    namesakes = Person.objects.filter(
        region_code=region_code, birth_date=number.birth_date, name=name, merged_into=None
    )
    with elevated(actor):
        if Person.objects.filter(id_index__in=indexes).exists():
            raise _already_registered()
        if namesakes.exists():
            raise Problem(
                "people.same_person_suspected",
                "本村已有姓名和出生日期都相同的人员",
                rule="M02 一人一号：疑似同一人的应合并档案，不能另建",
                remedy="请核对是否为同一人；身份号码有误的办理更正，重复建档的办理合并",
                status=409,
            )


def _already_registered() -> Problem:
    return Problem(
        "people.already_registered",
        "这个身份号码已有档案",
        rule="M02 一人一号",
        remedy="请按身份号码查找；不在本区域的，请由所在地办理或走通办流程",
        field="id_number",
        status=409,
    )

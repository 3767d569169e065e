"""The way to the agencies: one client and one circuit breaker for each, as the directory describes them.

It asks page by page while there is time, classes every failure, and never lets an answer through that does not fit the
question's schema. What it has no time for it defers.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from uuid import UUID

from django.conf import settings

from hrss.exchange.agencies import directory, keys, protocol
from hrss.exchange.agencies.client import AgencyClient, Errand, Reply
from hrss.exchange.agencies.failures import CallFailed, Failure
from hrss.exchange.breaker import Breaker
from hrss.exchange.catalogue.question import Question
from hrss.exchange.findings import Deferred, Finding, Found
from hrss.exchange.subjects import SubjectRef

CALL_SECONDS = 10.0
_LEAST_SECONDS = 0.02


class Gateway:
    """Clients and breakers of the agencies described in ``folder``; safe for threads."""

    def __init__(self, folder: Path, *, breaker: Callable[[], Breaker] = Breaker) -> None:
        self._folder = folder
        self._make_breaker = breaker
        self._clients: dict[str, tuple[object, AgencyClient]] = {}
        self._breakers: dict[str, Breaker] = {}
        self._lock = threading.Lock()

    def consult(
        self, question: Question, subjects: Sequence[SubjectRef], *, errand: Errand, deadline: float
    ) -> dict[UUID, Finding]:
        """Ask the question's agency about the subjects until ``deadline`` (``time.monotonic`` seconds)."""
        askable = [subject for subject in subjects if subject.key]
        failed = CallFailed(Failure.PERMANENT, "exchange.no_key", "对象没有可供核对的号码")
        findings: dict[UUID, Finding] = {subject.id: failed for subject in subjects if not subject.key}
        size = protocol.PAGE_SIZE if question.bulk else 1
        for start in range(0, len(askable), size):
            page = askable[start : start + size]
            findings.update(self._page(question, page, errand=errand, within=deadline - time.monotonic()))
        return findings

    def seconds_paused(self, agency: str) -> float:
        """Give how long questions to an agency are paused."""
        return self._breaker(agency).seconds_left()

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            clients, self._clients = list(self._clients.values()), {}
        for _, client in clients:
            client.close()

    def _page(
        self, question: Question, page: Sequence[SubjectRef], *, errand: Errand, within: float
    ) -> Mapping[UUID, Finding]:
        if within < _LEAST_SECONDS:
            return {subject.id: Deferred() for subject in page}
        try:
            replies = self._ask(question, page, errand=errand, within=min(within, CALL_SECONDS))
        except CallFailed as failure:
            return {subject.id: failure for subject in page}
        return {subject.id: _finding(question, replies[subject.key]) for subject in page}

    def _ask(
        self, question: Question, page: Sequence[SubjectRef], *, errand: Errand, within: float
    ) -> Mapping[str, Reply]:
        breaker = self._breaker(question.source_name)
        if not breaker.admits():
            raise CallFailed(Failure.TRANSIENT, "agency.paused", f"{question.source_title}暂时连不上，稍后再问")
        try:
            replies = self._send(question, page, errand=errand, within=within)
        except CallFailed as failure:
            if failure.speaks_against_the_agency:
                breaker.failed()
            else:
                breaker.succeeded()
            raise
        breaker.succeeded()
        return replies

    def _send(
        self, question: Question, page: Sequence[SubjectRef], *, errand: Errand, within: float
    ) -> Mapping[str, Reply]:
        client = self._client(question.source_name)
        if len(page) == 1:
            key = page[0].key
            return {key: client.one(question.topic, key, errand=errand, within=within)}
        subjects = list(dict.fromkeys(subject.key for subject in page))
        return client.many(question.topic, subjects, errand=errand, within=within)

    def _breaker(self, agency: str) -> Breaker:
        with self._lock:
            return self._breakers.setdefault(agency, self._make_breaker())

    def _client(self, agency: str) -> AgencyClient:
        version = directory.version_of(self._folder, agency)
        with self._lock:
            known, client = self._clients.get(agency, (None, None))
            if client is not None and known == version:
                return client
            if client is not None:
                client.close()
            made = self._make_client(agency)
            self._clients[agency] = (version, made)
            return made

    def _make_client(self, agency: str) -> AgencyClient:
        description = directory.read_agency(self._folder, agency)
        return AgencyClient(
            description, partner=protocol.PARTNER, key=keys.private_key(self._folder / keys.SIGNING_KEY_FILE)
        )


def _finding(question: Question, reply: Reply) -> Finding:
    if reply.data is not None and not question.accepts(reply.data):
        return CallFailed(Failure.PERMANENT, "exchange.unfit", "答复的内容不符合目录的约定")
    return Found(reply.data, reply.as_of)


class _Gateways:
    """The gateway of this process, made again when the settings name another folder."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._gateway: Gateway | None = None

    def current(self) -> Gateway:
        folder = Path(settings.HRSS_AGENCIES)
        with self._lock:
            if self._gateway is None or self._folder != folder:
                if self._gateway is not None:
                    self._gateway.close()
                self._folder, self._gateway = folder, Gateway(folder)
            return self._gateway

    def forget(self) -> None:
        with self._lock:
            if self._gateway is not None:
                self._gateway.close()
            self._folder, self._gateway = None, None


_GATEWAYS = _Gateways()


def gateway() -> Gateway:
    """Give this process's gateway to the agencies in ``settings.HRSS_AGENCIES``."""
    return _GATEWAYS.current()


def forget_gateway() -> None:
    """Close this process's connections and forget its breakers."""
    _GATEWAYS.forget()

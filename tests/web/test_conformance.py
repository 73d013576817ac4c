"""The API against its own description: no fault of ours, and no answer that the description does not name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.web import told
from tests.web.made import Pasting
from whence.web import Settings, application
from whence.web.settings import HOSTS

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SHORT, LONG = 2, 60
"""Requests to each address."""
HOST = "testserver"
"""What Schemathesis calls a server that it holds in its own process."""
TOKEN = "a-token-for-these-tests"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return told.build(tmp_path_factory.mktemp("conformance") / "news.db")


def operations(path: Path, token: str | None = None) -> Iterator[Any]:
    """Every address of the API with each of its methods, as the description of the running application names them."""
    app = application(path, Settings(paste=Pasting(), hosts=HOSTS | {HOST}, token=token))
    headers = {"authorization": f"Bearer {token}"} if token else {}
    schema: Any = schemathesis.openapi.from_asgi("/api/openapi.json", app, headers=headers)
    for operation in schema.get_all_operations():
        yield operation.ok()


def conforms(operation: Any, mode: GenerationMode, requests: int) -> None:
    """Sends requests that the description allows, or such as it does not, and checks the answers."""

    @settings(
        max_examples=requests,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        case.validate_response(case.call(), checks=CHECKS)

    check()


def test_answers_are_those_of_the_description(path: Path) -> None:
    asked = set()
    for operation in operations(path):
        conforms(operation, GenerationMode.POSITIVE, SHORT)
        asked.add(operation.label)
    assert {"GET /api/events", "POST /api/code", "GET /api/days", "GET /api/incidents/{id}"} <= asked


def test_who_has_no_token_gets_an_answer_of_the_description(path: Path) -> None:
    for operation in operations(path, TOKEN):
        conforms(operation, GenerationMode.POSITIVE, 1)


@pytest.mark.long
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_answers_to_many_questions_are_those_of_the_description(path: Path, mode: GenerationMode) -> None:
    for operation in operations(path):
        conforms(operation, mode, LONG)

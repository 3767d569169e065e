"""The open interface (开放接口): what a person can do by page, a program can do by API, through the same services.

OpenAPI 3.1 at ``/api/v1/openapi.json``. Tokens carry scopes and a purpose; a repeated ``Idempotency-Key`` gets the
first answer. It answers every refusal as ``application/problem+json`` that says what to do.
"""

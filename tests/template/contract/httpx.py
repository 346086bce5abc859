"""What holds where the HTTP clients are built on httpx."""

from unittest.mock import patch

import httpx
import pytest
from my_project import APIError, AsyncAPIClient, AsyncClient


async def test_it_asks_this_machine_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MY_PROJECT_BASE_URL", raising=False)
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url)
        return httpx.Response(200, json={"id": 1})

    client = AsyncAPIClient()
    client.transport = httpx.MockTransport(answer)
    await client.get_user(1)
    async with client:
        await client.get_user(1)
    assert [(url.host, url.path) for url in asked] == [("localhost", "/users/1")] * 2


async def test_a_patched_response_is_enough() -> None:
    response = httpx.Response(200, json={"id": 1, "name": "Ada"})
    with patch("httpx.AsyncClient.get", return_value=response):
        assert await AsyncAPIClient().get_user(1) == {"id": 1, "name": "Ada"}


async def test_a_response_is_one_of_httpx() -> None:
    client = AsyncClient("http://api.example")
    client.transport = httpx.MockTransport(lambda _: httpx.Response(201, json=[1]))
    response = await client.get("/users")
    assert isinstance(response, httpx.Response)
    assert response.status == response.status_code == 201
    assert response.json() == [1]


@pytest.mark.parametrize("error", ["ConnectError", "ReadTimeout", "DecodingError"])
async def test_an_error_of_httpx_is_the_cause(error: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise getattr(httpx, error)("secret", request=request)

    client = AsyncAPIClient("http://api.example")
    client.transport = httpx.MockTransport(answer)
    with pytest.raises(APIError) as caught:
        await client.get_user(1)
    assert type(caught.value.__cause__).__name__ == error
    assert "secret" not in str(caught.value)

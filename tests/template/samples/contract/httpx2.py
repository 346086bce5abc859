"""What holds where the HTTP clients are built on httpx2."""

from unittest.mock import patch

import httpx2
import pytest
from my_project import APIError, AsyncAPIClient, AsyncClient


async def test_it_asks_this_machine_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MY_PROJECT_BASE_URL", raising=False)
    response = httpx2.Response(200, json={"id": 1})
    with patch("httpx2.AsyncClient.get", return_value=response) as get:
        await AsyncAPIClient().get_user(1)
        async with AsyncAPIClient() as client:
            await client.get_user(1)
    urls = [httpx2.URL(*call.args) for call in get.call_args_list]
    assert [(url.host, url.path) for url in urls] == [("localhost", "/users/1")] * 2


async def test_a_session_that_is_passed_in() -> None:
    asked = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.path)
        return httpx2.Response(200, json={"id": 1})

    async with httpx2.AsyncClient(transport=httpx2.MockTransport(answer)) as session:
        client = AsyncAPIClient("http://api.example", session=session)
        await client.get_user(1)
        async with client:
            await client.get_user(2)
        await client.disconnect()
        await client.get_user(3)
        assert asked == ["/users/1", "/users/2", "/users/3"]
        assert not session.is_closed


async def test_a_response() -> None:
    response = httpx2.Response(201, json=[1], headers={"X-Page": "2"})
    with patch("httpx2.AsyncClient.get", return_value=response):
        got = await AsyncClient("http://api.example").get("/users")
    assert (got.status, got.headers["x-page"], got.json()) == (201, "2", [1])


@pytest.mark.parametrize("error", ["ConnectError", "ReadTimeout", "DecodingError"])
async def test_an_error_of_the_library_is_the_cause(error: str) -> None:
    raised = getattr(httpx2, error)("secret")
    with (
        patch("httpx2.AsyncClient.get", side_effect=raised),
        pytest.raises(APIError) as caught,
    ):
        await AsyncAPIClient("http://api.example").get_user(1)
    assert caught.value.__cause__ is raised
    assert "secret" not in str(caught.value)

"""What holds where the HTTP clients are built on aiohttp."""

from unittest.mock import AsyncMock, patch

import aiohttp
import pytest
from my_project import AsyncAPIClient


async def test_it_asks_this_machine_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MY_PROJECT_BASE_URL", raising=False)
    with patch("aiohttp.ClientSession.get") as get:
        get.return_value.__aenter__.return_value.json.return_value = {"id": 1}
        await AsyncAPIClient().get_user(1)
    (url,) = get.call_args.args
    assert url.startswith("http://localhost")
    assert url.endswith("/users/1")


async def test_a_response_with_only_json_prepared_is_enough() -> None:
    response = AsyncMock()
    response.json.return_value = {"id": 1, "name": "Ada"}
    with patch("aiohttp.ClientSession.get") as get:
        get.return_value.__aenter__.return_value = response
        assert await AsyncAPIClient().get_user(1) == {"id": 1, "name": "Ada"}
        async with AsyncAPIClient() as client:
            assert await client.get_user(1) == {"id": 1, "name": "Ada"}


async def test_a_session_that_is_passed_in() -> None:
    async with aiohttp.ClientSession() as session:
        client = AsyncAPIClient(session=session)
        with patch("aiohttp.ClientSession.get", autospec=True) as get:
            response = get.return_value.__aenter__.return_value
            response.json = AsyncMock(return_value={"id": 1})
            assert await client.get_user(1) == {"id": 1}
            async with client:
                assert await client.get_user(1) == {"id": 1}
            await client.disconnect()
            assert await client.get_user(1) == {"id": 1}
        assert {call.args[0] for call in get.call_args_list} == {session}
        assert not session.closed

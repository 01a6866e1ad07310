"""The cache of a production installation: Redis, and while Redis is away the process's own memory."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger("cache")


class ForgivingRedisCache(RedisCache):
    """Nobody is turned away because Redis restarts: limits on tries are then counted by each process alone."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._own = LocMemCache("while-redis-is-away", {})

    def _asked(self, name: str, *given: Any, **named: Any) -> Any:
        try:
            return getattr(super(), name)(*given, **named)
        except RedisError as error:
            log.warning("Redis does not answer (%s): %s is done in memory", type(error).__name__, name)
            return getattr(self._own, name)(*given, **named)


def _forgiving(name: str) -> Callable[..., Any]:
    def method(self: ForgivingRedisCache, *given: Any, **named: Any) -> Any:
        return self._asked(name, *given, **named)

    method.__name__ = name
    return method


for _name in (
    "add",
    "get",
    "set",
    "touch",
    "delete",
    "has_key",
    "incr",
    "get_many",
    "set_many",
    "delete_many",
    "clear",
):
    setattr(ForgivingRedisCache, _name, _forgiving(_name))

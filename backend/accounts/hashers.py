"""Argon2 with a memory cost that many sign-ins at once can bear."""

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher


class LighterArgon2(Argon2PasswordHasher):
    """Argon2id; the default takes 100 MiB a hash, which a morning of sign-ins cannot afford."""

    time_cost = 2
    memory_cost = settings.ARGON2_MEMORY_KIB
    parallelism = 1

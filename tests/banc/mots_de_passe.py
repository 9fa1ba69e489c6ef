"""The suite logs in more than a thousand times: Argon2 as the site uses it takes a tenth of a second of each."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class ArgonLeger(Argon2PasswordHasher):
    """Same algorithm, same verification, little memory."""

    time_cost, memory_cost, parallelism = 1, 64, 1


def alleger() -> None:
    from django.conf import settings

    settings.PASSWORD_HASHERS = [f"{__name__}.{ArgonLeger.__name__}"]

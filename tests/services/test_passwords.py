"""What guards a kept password: the hash as it is shipped, whatever the tests make of it."""

from argon2 import PasswordHasher
from argon2.low_level import Type

from planner.services.passwords import fits, hash_password


def test_the_shipped_hash_takes_64_mib_and_three_rounds_of_argon2id(quick_hashes: PasswordHasher) -> None:
    shipped = quick_hashes

    assert (shipped.type, shipped.memory_cost, shipped.time_cost) == (Type.ID, 64 * 1024, 3)
    assert shipped.hash("a long enough password").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_kept_hash_fits_its_password_alone() -> None:
    kept = hash_password("a long enough password")

    assert fits(kept, "a long enough password")
    assert not fits(kept, "another long password")
    assert not fits(None, "a long enough password")

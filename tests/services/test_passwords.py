"""What guards a kept password: the hash as it is shipped, whatever the tests make of it."""

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import VerifyMismatchError
from argon2.low_level import Type

from planner.services import passwords
from planner.services.passwords import fits, hash_password, of_nobody


def test_the_shipped_hash_takes_64_mib_and_three_rounds_of_argon2id(quick_hashes: PasswordHasher) -> None:
    shipped = quick_hashes

    assert (shipped.type, shipped.memory_cost, shipped.time_cost) == (Type.ID, 64 * 1024, 3)
    assert shipped.hash("a long enough password").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_kept_hash_fits_its_password_alone() -> None:
    kept = hash_password("a long enough password")

    assert fits(kept, "a long enough password")
    assert not fits(kept, "another long password")
    assert not fits(None, "a long enough password")


def test_an_unknown_name_is_tried_against_a_hash_as_slow_as_a_kept_one(
    quick_hashes: PasswordHasher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "HASHER", quick_hashes)

    nobody = of_nobody()

    assert extract_parameters(nobody) == extract_parameters(hash_password("a long enough password"))
    assert nobody != of_nobody()
    with pytest.raises(VerifyMismatchError):  # and not an invalid one, which would be told at once
        quick_hashes.verify(nobody, "a long enough password")

"""Columns that every table spells the same way."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from planner.db import UtcDateTime


def key() -> Any:
    return Field(default=None, primary_key=True)


def link(target: str, *, index: bool = True) -> Any:
    """A required foreign key, indexed unless another index already leads with it."""
    return Field(foreign_key=target, index=index)


def maybe_link(target: str, *, index: bool = True) -> Any:
    return Field(default=None, foreign_key=target, index=index)


def instant() -> Any:
    return Field(sa_type=UtcDateTime)


def maybe_instant() -> Any:
    return Field(default=None, sa_type=UtcDateTime)


def words() -> Any:
    """A text that an older row does not have."""
    return Field(default="", sa_column_kwargs={"server_default": ""})


def no() -> Any:
    """A yes or no that an older row says no to."""
    return Field(default=False, sa_column_kwargs={"server_default": sa.false()})


def request_key() -> Any:
    """The key a creating form carries: the same key gives the same answer, a double click one row."""
    return Field(default=None, unique=True, max_length=80)

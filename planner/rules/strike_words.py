"""What a strike day is called within a sentence: its name may say already that it is one."""


def strike_day_words(name: str, *, first: bool = False) -> str:
    """ "strike day Ash", and "Strike day 3" of one that is named so; `first` begins a sentence."""
    if "strike day" in name.casefold():
        return name
    return f"{'Strike' if first else 'strike'} day {name}"

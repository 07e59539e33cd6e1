"""`planner deliver`: what time alone brings about, and the mail that waits; for cron where no server runs."""

from planner.cli.edge import answer, open_database
from planner.outputs.mail import load_mail
from planner.rules.counts import count_words
from planner.settings import load_settings
from planner.web.clock import one_round
from planner.web.delivery import Delivered, Delivery

NO_MAIL = "Mail is not set up (PLANNER_MAIL_FILE), so notices and invitations wait in the app alone."


def deliver() -> None:
    """End what has expired, note where the record stands, and hand waiting mail to the mail server."""
    settings, database = load_settings(), open_database()
    server = load_mail(settings.mail_file)
    one_round(database, settings, True)
    if server is None:
        answer({"mail": False, **Delivered(0, 0)._asdict()}, [NO_MAIL])
        return
    done = Delivery(database, settings, server).deliver()
    lines = [f"{count_words(done.told, 'notice')} told by mail."]
    if done.waiting:
        lines.append(f"{count_words(done.waiting, 'notice waits', 'notices wait')}: their mail was not taken.")
    if done.invited or done.invitations_waiting:
        lines.append(f"{count_words(done.invited, 'invitation')} sent.")
    if done.invitations_waiting:
        waiting = count_words(done.invitations_waiting, "invitation waits", "invitations wait")
        lines.append(f"{waiting}: the mail server did not take them; the conference shows why.")
    answer({"mail": True, **done._asdict()}, lines)

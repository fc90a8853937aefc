"""Writing e-mails through the operator's mail server. One that is down is noticed once a round, not once a letter."""

import smtplib
from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from django.core.mail import EmailMessage, get_connection

from kindline.ground.post import words
from kindline.ground.post.models import Channel
from kindline.ground.post.outcome import LATER, REFUSED, SENT, Outcome

LATER_CODES = range(400, 500)  # what a mail server says it might do another time (RFC 5321, 4.2.1)
_NOT_THIS_ONE = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)


class Mail:
    """Writes the letters of one round, over one connection."""

    def __init__(self) -> None:
        self._server = get_connection(fail_silently=False)
        self._is_down = False

    def close(self) -> None:
        """Say goodbye to the mail server."""
        with suppress(OSError, smtplib.SMTPException):
            self._server.close()

    def send(self, channel: Channel, kind: str, language: str, notice: UUID) -> Outcome:
        """Write one letter. The same notice makes the same message id, by which a second copy is known as one."""
        if self._is_down:
            return LATER
        letter = words.letter(channel, kind, language)
        head = {
            "Message-ID": f"<{notice.hex}@{words.host()}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{letter.stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
        message = EmailMessage(letter.subject, letter.body, to=[channel.target], headers=head, connection=self._server)
        try:
            self._server.open()  # or each letter would have a connection of its own
            message.send()
        except _NOT_THIS_ONE as error:
            self.close()
            return LATER if set(_codes(error)) & set(LATER_CODES) else REFUSED
        except ValueError:  # no header can hold such an address
            return REFUSED
        except (OSError, smtplib.SMTPException):
            self._is_down = True
            return LATER
        return SENT


def _codes(error: smtplib.SMTPException) -> Sequence[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _said in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []

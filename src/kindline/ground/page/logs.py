"""Logs that say what went wrong and where in the code, never what somebody wrote."""

import logging


class Plain(logging.Formatter):
    """Write the message's template without its values, and a traceback without its words."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, and for an exception the places in the code it passed."""
        request = getattr(record, "request", None)
        match = getattr(request, "resolver_match", None)
        route = f" /{match.route}" if match else ""
        line = " ".join(filter(None, (record.levelname, record.name, self._said(record)))) + route
        return "\n".join([line, *self._places(record)])

    def _said(self, record: logging.LogRecord) -> str:
        """Return the message up to its first value; nothing of one that was put together out of an exception."""
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(record.msg, str) or record.name.startswith("django.security"):
            return ""
        if error is not None and str(error) and str(error) in record.msg:
            return ""
        return record.msg.split("%")[0].partition("\n")[0].strip()

    def _places(self, record: logging.LogRecord) -> list[str]:
        if not record.exc_info or record.exc_info[1] is None:
            return []
        error, places = record.exc_info[1], []
        trace = error.__traceback__
        while trace:
            code = trace.tb_frame.f_code
            places.append(f"  {code.co_filename}:{trace.tb_lineno} {code.co_qualname}")
            trace = trace.tb_next
        return [f"  {type(error).__module__}.{type(error).__qualname__}", *places]

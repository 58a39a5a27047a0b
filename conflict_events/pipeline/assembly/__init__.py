"""One report put together: mentions into events, figures bound to them, place, date, cause, relations."""

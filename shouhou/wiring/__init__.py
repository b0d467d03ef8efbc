"""Wiring (接线): the tables that join the rooms without their knowing each other.

* ``events``  who hears an event, at once or later
* ``gates``   who may object to a verb
* ``facts``   who answers the facts a drawing's conditions read
* ``tasks``   which task of a drawing is which verb, form and event
"""


def connect() -> None:
    """Put the tables up, once, when the rooms stand."""

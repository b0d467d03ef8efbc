"""Core (地基): what every room stands on, and no room's business.

* ``use_case``  one verb, one door: actor, policy, command key, gates, change, event, listeners, commit
* ``events``    the append-only, hash-chained record that is audit trail and process log at once
* ``gates``     who may object to a verb; the table stands in ``wiring``
* ``policy``    who may do a verb and see a row: the mechanism, deny by default
* ``jobs``      the job table: lease, fencing token, dedupe key, dead letters; the clock's single holder
* ``refusals``  a no that says why and what to do next
"""

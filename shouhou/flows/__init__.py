"""Flows (流程): the drawings a company runs its cases by, and where each case stands on them.

The kernel works out what a step does; this room keeps it: pages and their versions, runs, tokens,
timers, messages, history, incidents. It knows no room below it but the ground: a run belongs to a
*root*, events say what happened, and which task is which verb stands in ``wiring``
(``contracts.install``). The root's lock is the run's lock.
"""

"""Dispatch (派工): who can go when, and how a day stands.

The room reads people, their skills, their time, and the visits booked; it records nothing of its own.
Booking is done by ``work``. A planner of whole days will answer through the same values
(``kernel.availability``, ``kernel.routing``).
"""

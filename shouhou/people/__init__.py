"""People (人员): staff, their roles and skills, vehicles, leave, and who or what is where, when.

The room does not know what people are sent to do: a stretch of time in ``Occupancy`` has an
opaque holder.
"""

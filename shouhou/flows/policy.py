"""Who may draw, and who may repair a run. What the clock and the engine do alone has no role."""

from shouhou.core.policy import OFFICE, Role, allow

HANDS = (Role.TECHNICIAN, Role.REPAIR_CENTRE, Role.STOREKEEPER, Role.FINANCE, Role.DRIVER)

# The drawings hang on the wall: everyone on the staff may look at them.
allow("flows.see_pages", *Role)
allow("flows.save_draft", Role.ADMINISTRATOR)
allow("flows.publish_version", Role.ADMINISTRATOR)
allow("flows.publish_undecided", Role.ADMINISTRATOR)
allow("flows.retire_version", Role.ADMINISTRATOR)

allow("flows.see_incidents", Role.ADMINISTRATOR, Role.SUPERVISOR, Role.INSTALLATION_MANAGER)
allow("flows.retry_incident", Role.ADMINISTRATOR, Role.SUPERVISOR)
allow("flows.jump", Role.ADMINISTRATOR, Role.SUPERVISOR)
allow("flows.cancel_run", Role.ADMINISTRATOR, Role.SUPERVISOR)

# A drawing's own tasks, those no contract names: the drawing says whose they are.
allow("flows.do_task", *OFFICE, *HANDS)

allow("flows.fire_timer")
allow("flows.hold_timer")
allow("flows.hear_signal")
allow("flows.rearm")

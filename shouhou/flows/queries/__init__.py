"""What faces ask of the flow: where a root stands, who owes what, who did what, what the customer sees.

``root_id`` comes from a row the face has read within the actor's scope; what hangs on a root is for whoever
may see the root.
"""

from shouhou.flows.queries.deeds import Deed, element_history
from shouhou.flows.queries.owed import Owed, owed_by
from shouhou.flows.queries.pages import PageLine, page_drawing, pages
from shouhou.flows.queries.position import Element, Position, RunLine, drawing, position, state_json
from shouhou.flows.queries.stations import Station, stations
from shouhou.flows.queries.versions import SHIPPED, Step, VersionLine, steps, version_drawing, versions
from shouhou.flows.queries.waiting import Waiting, role_name, waiting

__all__ = [
    "SHIPPED",
    "Deed",
    "Element",
    "Owed",
    "PageLine",
    "Position",
    "RunLine",
    "Station",
    "Step",
    "VersionLine",
    "Waiting",
    "drawing",
    "element_history",
    "owed_by",
    "page_drawing",
    "pages",
    "position",
    "role_name",
    "state_json",
    "stations",
    "steps",
    "version_drawing",
    "versions",
    "waiting",
]

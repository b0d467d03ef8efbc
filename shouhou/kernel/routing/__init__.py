"""Going from place to place (路线): what a drive takes. The planner of a day will stand here too."""

from shouhou.kernel.routing.travel import Crow, Point, TravelTimes

__all__ = ["Crow", "Point", "TravelTimes"]

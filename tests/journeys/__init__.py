"""Journeys: one file a page of the atlas, walked through the services as people in their roles would."""

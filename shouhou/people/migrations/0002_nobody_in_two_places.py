"""No person and no vehicle is in two places: the database refuses overlapping occupancy."""

from django.db import migrations

from shouhou.core.no_overlap import NoOverlap


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [NoOverlap("occupancy", name="nobody_is_in_two_places", of=("organisation", "resource_id"))]

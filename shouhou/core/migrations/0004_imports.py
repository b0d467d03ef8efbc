"""Keep workbooks being taken in, row by row."""

import django.db.models.deletion
from django.db import migrations, models

import shouhou.core.ids


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_terms_in_byte_order"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=shouhou.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("importer", models.CharField(max_length=40)),
                ("file_name", models.CharField(max_length=200)),
                ("file_digest", models.CharField(max_length=64)),
                ("headings", models.JSONField(default=dict)),
                ("skipped", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("shown", "Shown, nothing written"),
                            ("applying", "Being applied"),
                            ("applied", "Applied"),
                            ("undoing", "Being undone"),
                            ("undone", "Undone"),
                        ],
                        default="shown",
                        max_length=10,
                    ),
                ),
                ("acts_as", models.JSONField(default=dict)),
                ("uploaded_by_id", models.UUIDField(null=True)),
                ("uploaded_by_name", models.CharField(blank=True, max_length=100)),
                ("uploaded_at", models.DateTimeField()),
                ("applied_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=shouhou.core.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", models.PositiveIntegerField()),
                ("sheet", models.CharField(max_length=100)),
                ("number", models.PositiveIntegerField()),
                ("cells", models.JSONField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("changed", "Changes a record"),
                            ("same", "Already on file"),
                            ("refused", "Cannot be taken in"),
                        ],
                        max_length=10,
                    ),
                ),
                ("words", models.JSONField(default=list)),
                ("problems", models.JSONField(default=dict)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("done", "Taken in"),
                            ("left", "Left out"),
                            ("undone", "Taken back"),
                            ("stays", "Stays"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("made", models.JSONField(default=list)),
                ("marks", models.JSONField(default=dict)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="core.importbatch",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.organisation"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="importbatch",
            index=models.Index(fields=["organisation", "-uploaded_at", "-id"], name="import_by_time"),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(
                fields=["organisation", "batch", "outcome", "place"], name="import_row_by_outcome"
            ),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(
                fields=["organisation", "batch", "verdict", "place"], name="import_row_by_verdict"
            ),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.UniqueConstraint(
                fields=("organisation", "batch", "place"), name="one_row_per_place"
            ),
        ),
    ]

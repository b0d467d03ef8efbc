"""示例工作簿: the same bytes for a seed, and dirt of every sort that the import names."""

import pytest

from shouhou.cli import main
from shouhou.core.sheets import services
from shouhou.customers import services as customers
from shouhou.demo.companies import YAMU
from tests.conftest import NOW, as_actor

pytestmark = pytest.mark.django_db


def sample(folder, *words):
    file = folder / "sample.xlsx"
    assert main(["sample-workbook", str(file), "--rows", "120", *words]) == 0
    return file.read_bytes()


def test_is_the_same_for_a_seed(tmp_path):
    assert sample(tmp_path) == sample(tmp_path)
    assert sample(tmp_path) != sample(tmp_path, "--seed", "2")


def test_refuses_an_unknown_company(tmp_path, capsys):
    assert main(["sample-workbook", str(tmp_path / "a.xlsx"), "--company", "nobody"]) == 1
    assert "demo" in capsys.readouterr().err


def test_is_taken_in_but_for_its_dirt(tmp_path, wang, zhou):
    for model in YAMU.models:
        customers.add_product(code=model.code, name=model.name, actor=as_actor(zhou), now=NOW)
    content = sample(tmp_path)
    agent = as_actor(wang)

    for name, fewest in (("customers.files", 200), ("cases.complaints", 5)):
        batch = services.show(name, "示例.xlsx", content, actor=agent, now=NOW)
        verdicts = list(batch.rows.values_list("verdict", flat=True))
        assert verdicts.count("new") > fewest * 0.8
        assert all(row.problems for row in batch.rows.filter(verdict="refused"))
        if name == "customers.files":
            assert "refused" in verdicts
            assert batch.skipped == ["未结投诉"]

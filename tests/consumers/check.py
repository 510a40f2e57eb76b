"""Reads each export back with the program it is for. Usage: check.py FOLDER DATABASE"""

import json
import subprocess
import sys
from pathlib import Path

folder, database = Path(sys.argv[1]), sys.argv[2]
failed = []
VIEWS = ["timeline", "event_full", "reason", "actor_name", "sentence_text"]


def check(test):
    """Runs a test and says what came of it; a consumer that is not installed is said to be skipped."""
    try:
        print(f"ok    {test.__name__}: {test()}")
    except ImportError as error:
        print(f"skip  {test.__name__}: {error}")
    except Exception as error:  # The rest shall be told too.
        failed.append(test.__name__)
        print(f"FAIL  {test.__name__}: {type(error).__name__}: {error}")


def events():
    return [json.loads(line) for line in (folder / "events.jsonl").open(encoding="utf-8")]


@check
def duckdb():
    import duckdb

    count = lambda name: duckdb.sql(f"SELECT count(*) FROM read_csv('{folder / name}', header=true)").fetchall()[0][0]
    assert count("events.csv") == len(events()), "rows of events.csv"
    kind = duckdb.sql(f"SELECT typeof(date_start) FROM read_csv('{folder / 'events.csv'}') LIMIT 1").fetchall()[0][0]
    return f"{count('events.csv')} events, {count('edges.csv')} edges, date_start is {kind}"


@check
def pandas():
    import pandas

    table = pandas.read_csv(folder / "events.csv")
    assert len(table) == len(events())
    assert list(table["event_id"]) == [e["id"] for e in events()]
    gdelt = pandas.read_csv(folder / "events.gdelt.csv", sep="\t", header=None, dtype=str, quoting=3)
    assert gdelt.shape[1] == 61 and (gdelt[28].str.len() == 2).all()
    return f"{len(table)} events, {len(gdelt)} in GDELT"


@check
def openpyxl():
    import openpyxl

    sheet = openpyxl.load_workbook(folder / "events.xlsx", read_only=False)["Events"]
    rows = list(sheet.iter_rows())
    header = [cell.value for cell in rows[0]]
    assert len(rows) == len(events()) + 1 and header[0] == "event_id"
    cells = [cell for row in rows for cell in row if cell.value is not None]
    assert all(cell.data_type == "s" and cell.number_format == "@" for cell in cells), "a cell that is no text"
    from_csv = list(__import__("csv").reader((folder / "events.csv").open(encoding="utf-8", newline="")))
    assert [[cell.value or "" for cell in row] for row in rows] == from_csv, "other cells than in the CSV"
    return f"{len(rows) - 1} events, {len(cells)} cells, all text"


@check
def parquet():
    if not (folder / "events.parquet").exists():
        raise ImportError("this build writes no Parquet (cargo build --features parquet)")
    import duckdb
    import pandas
    import pyarrow  # noqa: F401

    table = pandas.read_parquet(folder / "events.parquet")
    assert list(table["event_id"]) == [e["id"] for e in events()]
    assert list(table["confidence"].round(3)) == [round(e["confidence"], 3) for e in events()]
    where = f"FROM '{folder / 'events.parquet'}'"
    kinds = duckdb.sql(f"SELECT typeof(date_start), typeof(actors), typeof(date_inferred), typeof(latitude) {where} LIMIT 1").fetchall()[0]
    assert kinds == ("DATE", "VARCHAR[]", "BOOLEAN", "DOUBLE"), kinds
    first = duckdb.sql(f"SELECT min(date_start) {where} ").fetchall()[0][0]
    wanted = min(e["from"] for e in events() if e["from"] and e["from"] > "0001")
    assert str(first) == wanted, (first, wanted)
    return f"{len(table)} events in duckdb and pandas, the first on {first}"


@check
def timesketch():
    from timesketch_import_client import importer
    import pandas

    streamer = importer.ImportStreamer()
    for name in ["events.timesketch.csv", "events.timesketch.jsonl"]:
        path = folder / name
        table = pandas.read_csv(path) if name.endswith("csv") else pandas.read_json(path, lines=True)
        fixed = streamer._fix_data_frame(table)
        assert {"message", "datetime", "timestamp", "timestamp_desc"} <= set(fixed.columns)
        assert fixed["datetime"].notna().all() and fixed["message"].notna().all()
    return f"{len(fixed)} rows in both"


@check
def followthemoney():
    from followthemoney import model

    entities = [json.loads(line) for line in (folder / "events.ftm.jsonl").open(encoding="utf-8")]
    ids = {e["id"] for e in entities}
    for data in entities:
        entity = model.get_proxy(data, cleaned=False)
        for prop, values in data["properties"].items():
            kept = entity.get(prop)
            assert len(kept) == len(set(values)), f"{data['schema']}.{prop}: {values} became {kept}"
        for prop, value in entity.itervalues():
            assert prop.type.name != "entity" or value in ids, f"{prop.name} names an entity that is not there"
        entity.schema.validate(entity.to_dict())
    return f"{len(entities)} entities"


@check
def icalendar():
    from icalendar import Calendar

    calendar = Calendar.from_ical((folder / "events.ics").read_bytes())
    found = calendar.walk("VEVENT")
    assert found and all(e.decoded("DTEND") > e.decoded("DTSTART") for e in found)
    assert len({e["UID"] for e in found}) == len(found)
    assert not calendar.errors and not any(e.errors for e in found)
    return f"{len(found)} events"


@check
def geojson():
    import geojson

    collection = geojson.loads((folder / "events.geojson").read_text(encoding="utf-8"))
    assert collection.is_valid, collection.errors()
    return f"{len(collection.features)} features"


@check
def networkx():
    import networkx

    # This reader knows GEXF up to 1.2.
    text = (folder / "events.gexf").read_text(encoding="utf-8")
    old = folder / "events-1.2.gexf"
    old.write_text(text.replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft").replace('version="1.3"', 'version="1.2"'))
    import xml.etree.ElementTree as tree

    root = tree.fromstring(text)
    space = {"g": "http://gexf.net/1.3"}
    nodes = {n.get("id") for n in root.iterfind(".//g:node", space)}
    edges = root.findall(".//g:edge", space)
    assert edges and all(e.get("source") in nodes and e.get("target") in nodes for e in edges)
    try:
        graph = networkx.read_gexf(old)
        return f"{graph.number_of_nodes()} actors, {graph.number_of_edges()} pairs"
    except networkx.NetworkXError as error:
        # It refuses graphs in which some edges have a direction and others none; Gephi takes them.
        assert "directed" in str(error), error
        return f"{len(nodes)} actors, {len(edges)} pairs (mixed directions)"


@check
def feedparser():
    import feedparser

    feed = feedparser.parse(folder / "events.rss")
    assert not feed.bozo, feed.bozo_exception
    assert len(feed.entries) == len(events()) and all(e.id for e in feed.entries)
    return f"{len(feed.entries)} entries"


@check
def kml():
    import xml.etree.ElementTree as tree

    root = tree.parse(folder / "events.kml").getroot()
    found = root.findall(".//{http://www.opengis.net/kml/2.2}Placemark")
    assert found
    return f"{len(found)} placemarks (XML parser only)"


@check
def sqlite_utils():
    import sqlite_utils

    opened = sqlite_utils.Database(database)
    rows = {view: len(list(opened[view].rows)) for view in VIEWS}
    assert {view.name for view in opened.views} == set(VIEWS), "other views than docs/schema.md tells of"
    assert all(rows.values()) and rows["timeline"] == len(events()), rows
    return ", ".join(f"{count} rows of {view}" for view, count in rows.items())


@check
def datasette():
    import datasette  # noqa: F401

    for view in VIEWS:
        path = f"/{Path(database).stem}/{view}.json?_shape=array&_size=5"
        done = subprocess.run(
            [sys.executable, "-m", "datasette", database, "--get", path], capture_output=True, text=True, check=True
        )
        assert len(json.loads(done.stdout)) == 5, view
    return f"serves the views {', '.join(VIEWS)}"


sys.exit(f"failed: {', '.join(failed)}" if failed else 0)

"""Where this environment's images and feature records are, and how to read them.

Studio says where things are when it starts (docs/analysts.md); nothing here has to be edited. Columns and units: docs/features.md.
"""

import io
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor

import boto3
import pandas as pd
from botocore.config import Config
from PIL import Image

#: Objects that are fetched at once.
AT_ONCE = 16
#: Athena's types of numbers.
NUMBERS = ("tinyint", "smallint", "integer", "bigint", "real", "float", "double", "decimal")


def setting(name):
    """Value of an environment variable. Raises RuntimeError that says what to do when it is not set."""
    value = os.environ.get(name, "")
    if not value:
        raise RuntimeError(
            f"{name} is not set. Studio sets it when JupyterLab starts: stop and start the space, and see its log. "
            "If it stays empty, your group has not been given what this cell needs (environments/*.yaml, analytics.groups)."
        )
    return value


def client(service):
    """A client of an AWS service in the environment's region, with the rights of your group."""
    config = Config(retries={"mode": "adaptive", "max_attempts": 8}, max_pool_connections=AT_ONCE)
    return boto3.client(service, region_name=setting("DARKROOM_REGION"), config=config)


def may_start_jobs():
    """Whether cells that start something that costs money may run: DARKROOM_START_JOBS=1."""
    return os.environ.get("DARKROOM_START_JOBS") == "1"


def days(s3=None):
    """Days (UTC) of which there are feature records, as text, oldest first."""
    pages = (s3 or client("s3")).get_paginator("list_objects_v2").paginate(
        Bucket=setting("DARKROOM_PROCESSED_BUCKET"), Prefix="features/", Delimiter="/"
    )
    folders = [folder["Prefix"] for page in pages for folder in page.get("CommonPrefixes", [])]
    return sorted(folder.split("dt=")[1].rstrip("/") for folder in folders)


def records(since=None, until=None):
    """Feature records of the images that were received on these days, one row an image, nested columns with a point.

    since, until: days as text, both included; without them the last 14 days that have records.
    An image that was processed again has only its newest record. Reads one object an image: for more than some ten thousand,
    ask Athena (query).
    """
    s3, bucket = client("s3"), setting("DARKROOM_PROCESSED_BUCKET")
    there = days(s3)
    since = since or (there[-14:] or [""])[0]
    chosen = [day for day in there if since <= day and (until is None or day <= until)]
    pages = s3.get_paginator("list_objects_v2")
    keys = [
        (day, item["Key"])
        for day in chosen
        for page in pages.paginate(Bucket=bucket, Prefix=f"features/dt={day}/")
        for item in page.get("Contents", [])
    ]
    if not keys:
        span = f"from {since} to {until or 'today'}"
        raise LookupError(f"No feature records {span}; there are some of: {', '.join(there) or 'no day at all'}.")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        lines = pool.map(lambda key: json.loads(s3.get_object(Bucket=bucket, Key=key[1])["Body"].read()), keys)
        rows = [{"dt": day, **line} for (day, _), line in zip(keys, lines)]
    frame = pd.json_normalize(rows)
    for column in ("dt", "receivedAt", "processedAt"):
        frame[column] = pd.to_datetime(frame[column], utc=column != "dt", format="ISO8601")
    newest = frame.sort_values(["processedAt", "imageId"]).drop_duplicates("imageId", keep="last")
    return newest.sort_values(["receivedAt", "imageId"]).reset_index(drop=True)


def key_of(row, rendition="thumbnail"):
    """Key of one rendition of an image in the processed bucket; None when the image has no such rendition."""
    return next((output["key"] for output in row["outputs"] if output["name"] == rendition), None)


def image_bytes(row, rendition="thumbnail", s3=None):
    """One rendition of an image, as its file."""
    key = key_of(row, rendition)
    if key is None:
        names = ", ".join(output["name"] for output in row["outputs"])
        raise LookupError(f"{row['name']} has no rendition {rendition}; it has: {names}.")
    return (s3 or client("s3")).get_object(Bucket=setting("DARKROOM_PROCESSED_BUCKET"), Key=key)["Body"].read()


def image(row, rendition="thumbnail", s3=None):
    """One rendition of an image, as a picture of Pillow in RGB."""
    return Image.open(io.BytesIO(image_bytes(row, rendition, s3))).convert("RGB")


def images(frame, rendition="thumbnail"):
    """Pictures of all rows, in their order."""
    s3 = client("s3")
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda pair: image(pair[1], rendition, s3), frame.iterrows()))


def query(sql):
    """Asks Athena in your group's workgroup and returns the result; says how much was read, which is what it costs.

    Raises RuntimeError with Athena's reason when the query fails or reads more than the administrator allows.
    """
    athena = client("athena")
    started = athena.start_query_execution(
        QueryString=sql,
        WorkGroup=setting("DARKROOM_WORKGROUP"),
        QueryExecutionContext={"Database": setting("DARKROOM_DATABASE")},
    )
    while True:
        done = athena.get_query_execution(QueryExecutionId=started["QueryExecutionId"])["QueryExecution"]
        state = done["Status"]["State"]
        if state not in ("QUEUED", "RUNNING"):
            break
        time.sleep(0.5)
    if state != "SUCCEEDED":
        raise RuntimeError(f"Athena: {state}. {done['Status'].get('StateChangeReason', '')}")
    print(f"{done['Statistics'].get('DataScannedInBytes', 0) / 1e6:.1f} MB read")
    pages = list(athena.get_paginator("get_query_results").paginate(QueryExecutionId=started["QueryExecutionId"]))
    columns = pages[0]["ResultSet"]["ResultSetMetadata"]["ColumnInfo"]
    rows = [[cell.get("VarCharValue") for cell in row["Data"]] for page in pages for row in page["ResultSet"]["Rows"]]
    # The first row repeats the columns' names (Athena API reference, GetQueryResults).
    table = pd.DataFrame(rows[1:], columns=[column["Name"] for column in columns])
    for column in columns:
        if column["Type"] in NUMBERS:
            table[column["Name"]] = pd.to_numeric(table[column["Name"]])
    return table

"""What boto3 does with a bucket, walked once; prints `done` when everything came back as it was sent."""
import json
import os
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

keys = json.loads(os.environ["ODD_KEYS"])
s3 = boto3.client("s3", config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}))
s3.create_bucket(Bucket="walk")
for key in keys:
    s3.put_object(Bucket="walk", Key=key, Body=f"body of {key}".encode())
expected = sorted(keys, key=lambda key: key.encode())
for operation, member in (
    ("list_objects", "Contents"),
    ("list_objects_v2", "Contents"),
    ("list_object_versions", "Versions"),
):
    pages = s3.get_paginator(operation).paginate(Bucket="walk", PaginationConfig={"PageSize": 5})
    listed = [entry["Key"] for page in pages for entry in page.get(member, [])]
    assert listed == expected, (operation, listed)
for key in keys:
    assert s3.get_object(Bucket="walk", Key=key)["Body"].read() == f"body of {key}".encode(), key
    s3.copy_object(Bucket="walk", Key="copy", CopySource={"Bucket": "walk", "Key": key})
    assert s3.get_object(Bucket="walk", Key="copy")["Body"].read() == f"body of {key}".encode(), key

for algorithm in ("CRC32", "SHA1", "SHA256"):
    put = s3.put_object(Bucket="walk", Key="sum", Body=b"sum", ChecksumAlgorithm=algorithm)
    head = s3.head_object(Bucket="walk", Key="sum", ChecksumMode="ENABLED")
    assert head[f"Checksum{algorithm}"] == put[f"Checksum{algorithm}"], algorithm
    upload = s3.create_multipart_upload(Bucket="walk", Key="parts", ChecksumAlgorithm=algorithm)["UploadId"]
    place = {"Bucket": "walk", "Key": "parts", "UploadId": upload}
    parts = []
    for number, body in ((1, b"a" * 5_242_880), (2, b"b")):
        part = s3.upload_part(**place, PartNumber=number, Body=body, ChecksumAlgorithm=algorithm)
        parts.append({"PartNumber": number, "ETag": part["ETag"], f"Checksum{algorithm}": part[f"Checksum{algorithm}"]})
    done = s3.complete_multipart_upload(**place, MultipartUpload={"Parts": parts})
    assert done["ETag"].endswith('-2"'), done
    second = s3.get_object(Bucket="walk", Key="parts", PartNumber=2, ChecksumMode="ENABLED")
    assert (second["PartsCount"], second["Body"].read()) == (2, b"b"), second

try:
    s3.put_object(Bucket="walk", Key="sum", Body=b"again", IfNoneMatch="*")
    raise AssertionError("written over")
except ClientError as error:
    assert error.response["Error"]["Code"] == "PreconditionFailed", error

signer = boto3.client("s3", config=Config(signature_version="s3v4"))
for verb in ("get_object", "put_object", "head_object", "delete_object"):
    url = signer.generate_presigned_url(verb, Params={"Bucket": "walk", "Key": "sum"}, ExpiresIn=60)
    method = verb.split("_")[0].upper()
    request = urllib.request.Request(url, method=method, data=b"signed" if method == "PUT" else None)
    with urllib.request.urlopen(request) as answer:
        assert answer.status in (200, 204), (verb, answer.status)
print("done")

"""Signs requests with botocore, offline, and prints them as JSON: the other side of botocore.test.ts."""
import datetime
import json
import sys
from unittest import mock

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

WHEN = datetime.datetime(2026, 3, 4, 5, 6, 7)
CREDENTIALS = Credentials("AKIAEXAMPLE", "s3cr3t/+=")
SESSION = Credentials("ASIAEXAMPLE", "s3cr3t/+=", "t0k/en+==")
HOST = "http://127.0.0.1:4566"

PATHS = [
    "/",
    "/bucket/plain.txt",
    "/bucket/a%20b%2Bc",
    "/bucket/%E2%82%AC",
    "/bucket//double/",
    "/bucket/./dots/../x",
    "/bucket/tilde~%21%2A%27%28%29",
]
QUERIES = ["", "?list-type=2&prefix=a%2Fb", "?uploads", "?a=2&a=1&B=3", "?empty=&plus=%2B&blank=%20"]


def signed(auth, credentials, method, url, body, headers):
    request = AWSRequest(method=method, url=HOST + url, data=body, headers=headers)
    request.context["client_config"] = mock.Mock(s3=None)
    request.context.setdefault("payload_signing_enabled", True)
    auth.add_auth(request)
    prepared = request.prepare()
    raw = prepared.url[len(HOST):]
    names = {name: value if isinstance(value, str) else value.decode("latin-1") for name, value in prepared.headers.items()}
    names.setdefault("Host", "127.0.0.1:4566")
    return {"method": method, "url": raw, "headers": names, "body": body.decode()}


def main():
    out = []
    auths = {
        "s3": lambda c, s: botocore.auth.S3SigV4Auth(c, "s3", "us-east-1"),
        "s3-query": lambda c, s: botocore.auth.S3SigV4QueryAuth(c, "s3", "us-east-1", expires=300),
        "s3-v2": lambda c, s: botocore.auth.HmacV1Auth(c),
        "s3-v2-query": lambda c, s: botocore.auth.HmacV1QueryAuth(c, expires=300),
        "dynamodb": lambda c, s: botocore.auth.SigV4Auth(c, "dynamodb", "us-east-1"),
        "execute-api": lambda c, s: botocore.auth.SigV4Auth(c, "execute-api", "us-east-1"),
        "sts-query": lambda c, s: botocore.auth.SigV4QueryAuth(c, "sts", "us-east-1", expires=300),
    }
    with mock.patch.object(botocore.auth, "get_current_datetime", lambda: WHEN, create=True), mock.patch(
        "botocore.auth.formatdate", lambda usegmt=True: "Wed, 04 Mar 2026 05:06:07 GMT"
    ), mock.patch("time.time", lambda: WHEN.replace(tzinfo=datetime.timezone.utc).timestamp()):
        for kind, make in auths.items():
            for credentials in (CREDENTIALS, SESSION):
                for path in PATHS:
                    for query in QUERIES:
                        if kind.startswith("s3-v2") and "a=2&a=1" in query:
                            continue
                        presigned = kind.endswith("query")
                        body = b"" if presigned else b'{"a": "\xe2\x82\xac"}'.replace(b"\xe2\x82\xac", b"x")
                        headers = {} if presigned else {"Content-Type": "application/json", "X-Amz-Meta-Note": " a  b "}
                        request = signed(
                            make(credentials, None), credentials, "GET" if presigned else "PUT", path + query, body, headers
                        )
                        out.append({"kind": kind, "session": credentials is SESSION, **request})
    json.dump(out, sys.stdout)


main()

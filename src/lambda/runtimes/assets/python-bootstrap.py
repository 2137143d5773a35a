# What Python functions run in: polls the Lambda Runtime API and calls the handler as AWS's Python runtime does.
# Behaviour: https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html and the observable behaviour of
# https://github.com/aws/aws-lambda-python-runtime-interface-client. Works with Python 3.8 and later.
import importlib
import json
import logging
import os
import socket
import sys
import time
import traceback
from decimal import Decimal

API = "/2018-06-01/runtime"
JSON_LOGS = os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"
LOG_LEVEL = {"": "", "TRACE": "DEBUG"}.get(os.environ.get("AWS_LAMBDA_LOG_LEVEL", ""), os.environ.get("AWS_LAMBDA_LOG_LEVEL", "")).upper()
# Before Python 3.12 AWS answers in ASCII.
VERSION = os.environ.get("AWS_EXECUTION_ENV", "").rpartition("python3.")[2]
ASCII = not (VERSION.isdigit() and int(VERSION) >= 12)
OWN_FILE = os.path.abspath(__file__)

current_request_id = None


class Fault(Exception):
    """An error that the runtime itself finds."""

    def __init__(self, kind, message, trace=None):
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.trace = trace


class RuntimeApi:
    """A connection to the Runtime API. Python's own HTTP client takes longer to import than a cold start may take."""

    def __init__(self, address):
        host, _, port = address.rpartition(":")
        self.host = address
        self.socket = socket.create_connection((host, int(port)))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def request(self, method, path, body=b"", headers=""):
        head = "%s %s%s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n%s\r\n" % (method, API, path, self.host, len(body), headers)
        self.socket.sendall(head.encode("latin-1") + body)
        while b"\r\n\r\n" not in self.buffer:
            self._receive()
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        found = {}
        for line in lines:
            name, _, value = line.partition(":")
            found[name.strip().lower()] = value.strip()
        length = int(found.get("content-length", "0"))
        if length > len(self.buffer):
            parts = [self.buffer]
            missing = length - len(self.buffer)
            while missing > 0:
                part = self.socket.recv(min(missing, 1 << 20))
                if not part:
                    sys.exit(0)
                parts.append(part)
                missing -= len(part)
            self.buffer = b"".join(parts)
        body, self.buffer = self.buffer[:length], self.buffer[length:]
        return int(status.split(" ")[1]), found, body

    def _receive(self):
        part = self.socket.recv(65536)
        if not part:
            sys.exit(0)  # The simulator is gone: nobody is left to work for.
        self.buffer += part

    def post(self, path, body, headers=""):
        self.request("POST", path, body, "Content-Type: application/json\r\n" + headers)


class Encoder(json.JSONEncoder):
    """Decimals keep all their digits, as they do on AWS."""

    def __init__(self):
        super().__init__(ensure_ascii=ASCII)
        self.decimals = {}

    def default(self, value):
        if isinstance(value, Decimal):
            if value.is_nan():
                return float("nan")
            mark = "\u0001decimal-%d\u0001" % len(self.decimals)
            self.decimals[super().encode(mark)] = str(value)
            return mark
        return super().default(value)


def to_json(value):
    encoder = Encoder()
    text = encoder.encode(value)
    for mark, number in encoder.decimals.items():
        text = text.replace(mark, number)
    return text


class Telemetry:
    """Whole records with their time, over a pipe of their own."""

    TEXT = {0: 0xA55A0003, 10: 0xA55A000B, 20: 0xA55A000F, 30: 0xA55A0013, 40: 0xA55A0017, 50: 0xA55A001B}
    JSON = {0: 0xA55A0002, 10: 0xA55A000A, 20: 0xA55A000E, 30: 0xA55A0012, 40: 0xA55A0016, 50: 0xA55A001A}

    def __init__(self, descriptor):
        self.file = os.fdopen(descriptor, "wb", 0)

    def write(self, message, level=0):
        data = message.encode("utf-8", "backslashreplace")
        kind = (self.JSON if JSON_LOGS else self.TEXT)[level]
        record = kind.to_bytes(4, "big") + len(data).to_bytes(4, "big") + (time.time_ns() // 1000).to_bytes(8, "big") + data
        while record:
            record = record[self.file.write(record) or 0:]


class LambdaLoggerHandler(logging.Handler):
    def __init__(self, sink):
        super().__init__()
        self.sink = sink

    def emit(self, record):
        self.sink.write(self.format(record), min(50, max(0, record.levelno)) // 10 * 10)


class RequestIdFilter(logging.Filter):
    def filter(self, record):
        record.aws_request_id = current_request_id or ""
        return True


STANDARD_FIELDS = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "aws_request_id"}


class JsonFormatter(logging.Formatter):
    def format(self, record):
        result = {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info and record.exc_info[0]:
            result["stackTrace"] = traceback.format_tb(record.exc_info[2])
            result["errorType"] = record.exc_info[0].__name__
            result["errorMessage"] = str(record.exc_info[1])
            result["location"] = "%s:%s:%d" % (record.pathname, record.funcName, record.lineno)
        result["requestId"] = getattr(record, "aws_request_id", None)
        for name, value in vars(record).items():
            if name not in STANDARD_FIELDS and name not in result:
                result[name] = value
        return json.dumps({name: value for name, value in result.items() if value is not None}, ensure_ascii=False, default=str) + "\n"


def set_up_logging(sink):
    logging.Formatter.converter = time.gmtime
    handler = LambdaLoggerHandler(sink)
    if JSON_LOGS:
        handler.setFormatter(JsonFormatter())
    else:
        handler.setFormatter(
            logging.Formatter("[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n", "%Y-%m-%dT%H:%M:%S")
        )
    handler.addFilter(RequestIdFilter())
    root = logging.getLogger()
    root.addHandler(handler)
    if LOG_LEVEL and isinstance(logging.getLevelName(LOG_LEVEL), int):
        root.setLevel(LOG_LEVEL)


def log_error(sink, error):
    if JSON_LOGS:
        stamp = {"timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "log_level": "ERROR"}
        sink.write(to_json({**stamp, **error}), 40)
        return
    title = "[ERROR]"
    if error["errorType"]:
        title += " " + error["errorType"] + (":" if error["errorMessage"] else "")
    if error["errorMessage"]:
        title += " " + error["errorMessage"]
    lines = [title, "Traceback (most recent call last):"]
    for entry in error["stackTrace"]:
        for line in entry.splitlines() or [""]:
            text = line.lstrip(" ")
            # CloudWatch would swallow leading blanks, so AWS writes them as no-break spaces.
            lines.append("\u00a0" * (len(line) - len(text)) + text)
    sink.write("\n".join(lines), 40)


class Attributes:
    """An object with a fixed set of members, None where nothing was given."""

    names = ()

    def __init__(self, values):
        for name in self.names:
            setattr(self, name, values.get(name))

    def __repr__(self):
        return "%s([%s])" % (type(self).__name__, ",".join("%s=%s" % (name, getattr(self, name)) for name in self.names))


class CognitoIdentity(Attributes):
    names = ("cognito_identity_id", "cognito_identity_pool_id")


class Client(Attributes):
    names = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")


class ClientContext(Attributes):
    names = ("custom", "env", "client")

    def __init__(self, values):
        super().__init__(values)
        self.client = None if self.client is None else Client(self.client)


class LambdaContext:
    """https://docs.aws.amazon.com/lambda/latest/dg/python-context.html"""

    def __init__(self, headers, sink):
        environment = os.environ
        self.aws_request_id = headers.get("lambda-runtime-aws-request-id")
        self.log_group_name = environment.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = environment.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = environment.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = environment.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = environment.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = headers.get("lambda-runtime-invoked-function-arn")
        self.tenant_id = headers.get("lambda-runtime-aws-tenant-id")
        client = self._parse(headers, "lambda-runtime-client-context", "Client Context")
        self.client_context = None if client is None else ClientContext(client)
        identity = self._parse(headers, "lambda-runtime-cognito-identity", "Cognito Identity") or {}
        self.identity = CognitoIdentity(
            {
                "cognito_identity_id": identity.get("cognitoIdentityId"),
                "cognito_identity_pool_id": identity.get("cognitoIdentityPoolId"),
            }
        )
        self._epoch_deadline_time_in_ms = int(headers.get("lambda-runtime-deadline-ms", "0"))
        self._sink = sink

    @staticmethod
    def _parse(headers, name, title):
        text = headers.get(name)
        if not text:
            return None
        try:
            return json.loads(text)
        except Exception as error:
            raise Fault("Runtime.LambdaContextUnmarshalError", "Unable to parse %s JSON: %s" % (title, error))

    def get_remaining_time_in_millis(self):
        return max(self._epoch_deadline_time_in_ms - int(time.time() * 1000), 0)

    def log(self, message):
        self._sink.write(str(message))

    def __repr__(self):
        names = [name for name in vars(self) if not name.startswith("_")]
        return "LambdaContext([%s])" % ",".join("%s=%s" % (name, getattr(self, name)) for name in names)


def load_handler(name):
    module_name, dot, function_name = name.rpartition(".")
    if not dot:
        raise Fault("Runtime.MalformedHandlerName", "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % name)
    try:
        if module_name.split(".")[0] in sys.builtin_module_names:
            raise Fault("Runtime.BuiltInModuleConflict", "Cannot use built-in module %s as a handler module" % module_name)
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Fault("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, error))
    except SyntaxError as error:
        trace = ['  File "%s" Line %s\n    %s' % (error.filename, error.lineno, error.text)]
        raise Fault("Runtime.UserCodeSyntaxError", "Syntax error in module '%s': %s" % (module_name, error), trace)
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise Fault("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function_name, module_name))


def describe(error, request_id=""):
    if isinstance(error, Fault):
        return {"errorMessage": error.message, "errorType": error.kind, "requestId": request_id, "stackTrace": error.trace or []}
    frames = traceback.extract_tb(error.__traceback__)
    # The frames of this file, and below them the import machinery, are the runtime's own affair.
    first = next((at for at, frame in enumerate(frames) if frame.filename != OWN_FILE), 0)
    return {
        "errorMessage": str(error),
        "errorType": type(error).__name__,
        "requestId": request_id,
        # Four members make no carets below the line, which AWS has not either.
        "stackTrace": traceback.format_list([tuple(frame) for frame in frames[first:]]),
    }


def respond(handler, event, context):
    try:
        value = json.loads(event)
    except Exception as error:
        raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % error)
    response = handler(value, context)
    if isinstance(response, bytes):
        return response
    try:
        return to_json(response).encode("utf-8")
    except Exception as error:
        raise Fault("Runtime.MarshalError", "Unable to marshal response: %s" % error)


def flush():
    for stream in (sys.stdout, sys.stderr):
        if not stream.closed:
            stream.flush()


def main():
    global current_request_id
    sys.path[0] = os.getcwd()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True)
    sink = Telemetry(int(os.environ.pop("_LAMBDA_TELEMETRY_LOG_FD")))
    set_up_logging(sink)
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except Exception as error:
        described = describe(error)
        log_error(sink, described)
        api.post("/init/error", to_json(described).encode("utf-8"), "Lambda-Runtime-Function-Error-Type: %s\r\n" % described["errorType"])
        sys.exit(1)
    while True:
        status, headers, event = api.request("GET", "/invocation/next")
        if status != 200:
            sys.exit(1)
        request_id = current_request_id = headers.get("lambda-runtime-aws-request-id")
        trace_id = headers.get("lambda-runtime-trace-id")
        if trace_id is None:
            os.environ.pop("_X_AMZN_TRACE_ID", None)
        else:
            os.environ["_X_AMZN_TRACE_ID"] = trace_id
        try:
            answer = respond(handler, event, LambdaContext(headers, sink))
            flush()
        except Exception as error:
            flush()
            described = describe(error, request_id)
            log_error(sink, described)
            api.post("/invocation/%s/error" % request_id, to_json(described).encode("utf-8"))
        else:
            api.post("/invocation/%s/response" % request_id, answer)


main()

"""A collector of spans (OTLP over HTTP, protobuf): prints its port, then each span as JSON."""
import http.server
import json

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.trace.v1.trace_pb2 import Span


def value(it):
    return str(getattr(it, it.WhichOneof("value")))


class Collector(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        assert self.path == "/v1/traces", self.path
        assert self.headers["content-type"] == "application/x-protobuf"
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            common = {it.key: value(it.value) for it in resource.resource.attributes}
            for scope in resource.scope_spans:
                for span in scope.spans:
                    told = common | {it.key: value(it.value) for it in span.attributes}
                    told["name"] = span.name
                    told["kind"] = Span.SpanKind.Name(span.kind)
                    told["trace"] = span.trace_id.hex()
                    told["seconds"] = (span.end_time_unix_nano - span.start_time_unix_nano) / 1e9
                    told["events"] = [str(it) for it in span.events]
                    print(json.dumps(told, ensure_ascii=False), flush=True)
        answer = ExportTraceServiceResponse().SerializeToString()
        self.send_response(200)
        self.send_header("content-type", "application/x-protobuf")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Collector)
print(server.server_port, flush=True)
server.serve_forever()

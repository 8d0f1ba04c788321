"""What schemathesis has to be told: newline-delimited JSON goes out as the text that it is."""

import schemathesis

schemathesis.serializer.alias("application/x-ndjson", "text/plain")

"""What schemathesis has to be told: JSON lines and XML go out as the text that they are."""

import schemathesis

schemathesis.serializer.alias("application/x-ndjson", "text/plain")
schemathesis.serializer.alias("application/xml", "text/plain")
schemathesis.serializer.alias("text/xml", "text/plain")

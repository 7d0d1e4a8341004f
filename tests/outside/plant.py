"""Plants one mistake into an OpenAPI document, by its name.

    python plant.py DOCUMENT.json MISTAKE > planted.json
"""

import json
import sys

file, mistake = sys.argv[1:]
with open(file, encoding="utf-8") as opened:
    document = json.load(opened)


def operation() -> dict:
    """Returns an operation that takes a body."""
    operations = (operation for item in document["paths"].values() for operation in item.values())
    return next(operation for operation in operations if "requestBody" in operation)


def text() -> dict:
    """Returns the schema of a text that has bounds, of an input."""
    schemas = document["components"]["schemas"].values()
    fields = (field for schema in schemas for field in schema.get("properties", {}).values())
    return next(field for field in fields if field.get("type") == "string" and "maxLength" in field and "enum" not in field)


match mistake:
    case "no-operation-id":
        del operation()["operationId"]
    case "example-of-another-type":
        document["components"]["schemas"]["Problem"]["properties"]["status"]["example"] = "many"
    case "text-without-bounds":
        del text()["maxLength"]
    case "no-limit":
        del operation()["responses"]["429"]
    case "no-origin":
        for response in document["components"]["responses"].values():
            response["headers"].pop("Access-Control-Allow-Origin", None)
    case "key-in-address":
        schemes = document["components"]["securitySchemes"]
        schemes[next(iter(schemes))] = {"type": "apiKey", "in": "query", "name": "key"}
    case "unknown-scheme":
        operation()["security"] = [{"Nobody": []}]
    case "media-type-without-its-example":
        content = next(iter(operation()["requestBody"]["content"].values()))
        content["example"] = {"nobody": "has declared this"}
    case "unused":
        document["components"]["schemas"]["Nobody"] = {"type": "object", "additionalProperties": False}
    case _:
        sys.exit(f"there is no mistake {mistake}")

print(json.dumps(document))

"""Writes a program that calls each operation of an OpenAPI document by its generated client, with its own examples.

    python calls.py DOCUMENT.json PACKAGE > calls.py
"""

import json
import sys

from openapi_python_client.strings import ClassName, PythonIdentifier

file, package = sys.argv[1:]
with open(file, encoding="utf-8") as opened:
    document = json.load(opened)


def name(text: str) -> str:
    return str(PythonIdentifier(text, prefix="field_"))


def followed(schema: dict) -> tuple[str, dict]:
    title = schema["$ref"].rsplit("/", 1)[1]
    return title, document["components"]["schemas"][title]


def literal(schema: dict, value: object) -> str:
    """Returns an expression of a value: an object by the constructor of its class, with all members by name."""
    if "$ref" in schema:
        title, schema = followed(schema)
        if "properties" in schema:
            members = (f"{name(key)}={literal(schema['properties'][key], item)}" for key, item in value.items())
            return f"models.{ClassName(title, '')}({', '.join(members)})"
    if schema.get("format") == "binary":
        return 'File(payload=BytesIO(b"bytes"), file_name="picture.png")'
    if schema.get("format") == "uuid":
        return f"UUID({value!r})"
    if schema.get("type") == "array":
        return f"[{', '.join(literal(schema['items'], item) for item in value)}]"
    return repr(value)


print("from io import BytesIO")
print("from uuid import UUID")
print()
print(f"from {package} import AuthenticatedClient, models")
print(f"from {package}.types import File")
calls = []
for item in document["paths"].values():
    for operation in item.values():
        module = name(operation["operationId"])
        tag = name(operation["tags"][0])
        print(f"from {package}.api.{tag} import {module}")
        arguments = ["client=client"]
        for parameter in operation.get("parameters", []):
            if parameter["required"]:
                arguments.append(f"{name(parameter['name'])}={literal(parameter['schema'], parameter['example'])}")
        bodies = operation.get("requestBody", {}).get("content", {}).values()
        # Each media type is a call of its own.
        sent = [[f"body={literal(body['schema'], body['example'])}"] for body in bodies] or [[]]
        calls.extend((module, ", ".join(arguments + body)) for body in sent)
print()
print('client = AuthenticatedClient(base_url="https://shop.invalid", token="token")')
for module, arguments in calls:
    print(f"print({module}.sync_detailed({arguments}).parsed)")

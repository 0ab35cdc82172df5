"""Gives each generated request a token of a role that its operation is for."""

import json
import os
import urllib.request

import schemathesis

with open(os.environ["AUTONOMIA_DEMO"], encoding="utf-8") as demo:
    SITE = json.loads(demo.readline())
ADDRESS = SITE["address"] + "/api/v1"


def post(path, body, token=None):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(ADDRESS + path, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def sign_in(role):
    account = next(one for one in SITE["accounts"] if one["role"] == role)
    return post("/sessions", {k: v for k, v in account.items() if k != "role"})["token"]


TOKENS = {role: sign_in(role) for role in ("citizen", "facilitator", "coordinator")}


@schemathesis.hook
def before_call(context, case, kwargs):
    security = case.operation.definition.raw.get("security", [{"token": []}])
    roles = [way["token"][0] for way in security if way.get("token")]
    if case.operation.definition.raw["operationId"] == "sign_out":
        # It ends the session it is called with: somebody else's than the other requests use.
        token = sign_in("citizen")
    else:
        token = TOKENS[roles[0] if roles else "citizen"]
    case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token}"}

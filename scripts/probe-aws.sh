#!/usr/bin/env bash
# Settles questions of docs/aws-unverified.md in a real AWS account: makes a function, a role, a REST API and
# two HTTP APIs there, calls them, and deletes all of it. stdout: one JSON object for each call, to be kept as
# a fixture. Exit codes: 0 done, 2 usage, 3 something outside failed.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: scripts/probe-aws.sh --account ID --region REGION --confirm "create and delete in ID" > answers.jsonl

Needs aws, curl and python3, and credentials of an account that may create and delete IAM roles, functions,
log groups and APIs: use one in which nothing else lives. The account that the credentials belong to must be ID.
Everything made is named grantway-probe-NUMBER and is deleted at the end, also after a failure; what could
not be deleted is named. It costs a few cents at most and takes about five minutes.
USAGE
}

say() { echo "probe-aws: $*" >&2; }

refuse() {
  say "$1"
  usage >&2
  exit 2
}

account="" region="" confirm=""
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help)
      usage
      exit 0
      ;;
    --account | --region | --confirm)
      [ $# -ge 2 ] || refuse "\`$1\` needs a value"
      case $1 in
        --account) account=$2 ;;
        --region) region=$2 ;;
        --confirm) confirm=$2 ;;
      esac
      shift 2
      ;;
    *) refuse "unknown argument \`$1\`" ;;
  esac
done
[[ $account =~ ^[0-9]{12}$ ]] || refuse "\`--account\` needs the account's 12 digits"
[[ $region =~ ^[a-z]{2}(-[a-z]+)+-[0-9]$ ]] || refuse "\`--region\` needs a region such as eu-central-1"
[ "$confirm" = "create and delete in $account" ] ||
  refuse "nothing was made: say \`--confirm \"create and delete in $account\"\` if that is what you want"
for tool in aws curl python3; do
  command -v "$tool" >/dev/null || { say "\`$tool\` is not on the PATH"; exit 3; }
done

export AWS_DEFAULT_REGION=$region AWS_REGION=$region AWS_PAGER=""
caller=$(aws sts get-caller-identity --query Account --output text) || { say "AWS knows no such credentials"; exit 3; }
[ "$caller" = "$account" ] || refuse "the credentials belong to another account than \`$account\`: nothing was made"

name=grantway-probe-$$-$RANDOM
work=$(mktemp -d)
rest="" bare="" http="" function="" role="" policy=""

# Deletes what was made, the newest first.
clean_up() {
  local code=$? left=""
  for api in "$bare" "$http"; do
    [ -z "$api" ] || aws apigatewayv2 delete-api --api-id "$api" >&2 || left="$left http-api:$api"
  done
  [ -z "$rest" ] || aws apigateway delete-rest-api --rest-api-id "$rest" >&2 || left="$left rest-api:$rest"
  [ -z "$function" ] || aws lambda delete-function --function-name "$name" >&2 || left="$left function:$name"
  [ -z "$policy" ] || aws iam detach-role-policy --role-name "$name" --policy-arn "$policy" >&2 || left="$left attached-policy:$policy"
  [ -z "$role" ] || aws iam delete-role --role-name "$name" >&2 || left="$left role:$name"
  # Lambda makes the group when the function first runs: there may be none yet.
  if [ -n "$function" ] && ! aws logs delete-log-group --log-group-name "/aws/lambda/$name" 2>"$work/why" >&2; then
    grep -q ResourceNotFoundException "$work/why" || left="$left log-group:/aws/lambda/$name"
  fi
  rm -rf "$work"
  [ -z "$left" ] || say "COULD NOT DELETE, do so by hand:$left"
  [ "$code" = 0 ] && [ -z "$left" ] || exit 3
}
trap clean_up EXIT

# One function is authorizer and backend: as a backend it answers the event that it was given.
cat >"$work/index.py" <<'PY'
import json, time, uuid

MINUTE = 60


def instant(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def statements(what, prefix, now):
    everything = {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": prefix + "/*"}
    kind, _, value = what.partition(":")
    if kind == "escape":
        return [dict(everything, Resource=prefix + "/GET/a${*}b")]
    if kind == "not-resource":
        return [{"Effect": "Allow", "Action": "execute-api:Invoke", "NotResource": prefix + "/GET/b"}]
    if kind == "before":
        return [dict(everything, Condition={"DateLessThan": {"aws:CurrentTime": instant(now + int(value))}})]
    if kind == "from":
        return [dict(everything, Condition={"IpAddress": {"aws:SourceIp": value}})]
    if kind == "pad":
        padding = []
        while len(json.dumps([everything] + padding)) < int(value):
            padding.append(dict(everything, Resource=f"{prefix}/GET/nobody-calls-this/{len(padding):06d}" + "x" * 300))
        return [everything] + padding
    return [everything]


def header(event, name):
    for key, value in (event.get("headers") or {}).items():
        if key.lower() == name:
            return value
    return ""


def authorize(event):
    what, now = header(event, "x-probe"), time.time()
    if what == "wait":
        time.sleep(5)
    arn = event.get("methodArn") or event.get("routeArn")
    prefix = "/".join(arn.split("/", 2)[:2])
    names = ("authorizationToken", "path", "pathParameters", "rawPath", "resource", "routeKey")
    told = {name: event[name] for name in names if event.get(name) is not None}
    context = {"ran": str(uuid.uuid4()), "event": json.dumps(event)[:3000], "told": json.dumps(told)}
    if what == "context" and event.get("version") == "2.0":
        context = {"a": [1], "b": None}
    return {
        "principalId": "probe",
        "policyDocument": {"Version": "2012-10-17", "Statement": statements(what, prefix, now)},
        "context": context,
    }


def handler(event, context):
    if "methodArn" in event or "routeArn" in event:
        return authorize(event)
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": json.dumps({
        "authorizer": (event.get("requestContext") or {}).get("authorizer"),
        "resource": event.get("resource"), "routeKey": event.get("routeKey"),
        "path": event.get("path") or event.get("rawPath"), "pathParameters": event.get("pathParameters")})}
PY
(cd "$work" && python3 -m zipfile -c function.zip index.py)

say "making a role and a function named $name"
aws iam create-role --role-name "$name" --output text --query Role.Arn --assume-role-policy-document \
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}' >"$work/role"
role=$(cat "$work/role")
wanted=arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
aws iam attach-role-policy --role-name "$name" --policy-arn "$wanted"
policy=$wanted
for attempt in 1 2 3 4 5 6 7 8; do
  # A new role is not known everywhere at once.
  if aws lambda create-function --function-name "$name" --runtime python3.13 --handler index.handler --timeout 15 \
    --role "$role" --zip-file "fileb://$work/function.zip" --output text --query FunctionArn >"$work/arn" 2>"$work/why"; then
    function=$(cat "$work/arn")
    break
  fi
  say "the function cannot be made yet (attempt $attempt): $(tail -n 1 "$work/why")"
  sleep 5
done
[ -n "$function" ] || exit 3
aws lambda wait function-active-v2 --function-name "$name"
invoke=arn:aws:apigateway:$region:lambda:path/2015-03-31/functions/$function/invocations

# The three definitions, in API Gateway's own OpenAPI.
python3 - "$work" "$name" "$invoke" <<'PY'
import json, sys

work, name, invoke = sys.argv[1:]
backend = {"type": "aws_proxy", "httpMethod": "POST", "uri": invoke, "payloadFormatVersion": "2.0"}


def authorizer(kind, header, **more):
    return {"type": "apiKey", "in": "header", "name": header, "x-amazon-apigateway-authtype": "custom",
            "x-amazon-apigateway-authorizer": dict({"type": kind, "authorizerUri": invoke}, **more)}


def route(secured, *variables):
    parameters = [{"name": v, "in": "path", "required": True, "schema": {"type": "string"}} for v in variables]
    return {"parameters": parameters, "responses": {}, "security": [{secured: []}] if secured else [],
            "x-amazon-apigateway-integration": dict(backend)}


def write(file, title, paths, schemes):
    definition = {"openapi": "3.0.1", "info": {"title": title, "version": "1"}, "paths": paths,
                  "components": {"securitySchemes": schemes}}
    with open(f"{work}/{file}.json", "w") as out:
        json.dump(definition, out)


rest = {
    "free": authorizer("request", "Unused", authorizerResultTtlInSeconds=0),
    "sourced": authorizer("request", "X-Wanted", authorizerResultTtlInSeconds=0,
                          identitySource="method.request.header.X-Wanted"),
    "kept": authorizer("request", "X-Key", authorizerResultTtlInSeconds=300,
                       identitySource="method.request.header.X-Key"),
    "token": authorizer("token", "X-Token", authorizerResultTtlInSeconds=300),
}
write("rest", name, {
    "/a": {"get": route("free")}, "/b": {"get": route("free")}, "/{p}": {"get": route("free", "p")},
    "/open/{p}": {"get": route(None, "p")}, "/sourced": {"get": route("sourced")},
    "/kept": {"get": route("kept")}, "/token": {"get": route("token")},
}, rest)
write("bare", name + "-bare", {
    "/orders/search": {"post": route(None)}, "/orders/{id}": {"get": route(None, "id")},
}, {})
two = dict(authorizerPayloadFormatVersion="2.0", authorizerResultTtlInSeconds=0, enableSimpleResponses=False)
one = dict(authorizerPayloadFormatVersion="1.0", authorizerResultTtlInSeconds=0)
write("http", name + "-http", {
    "/a/{x}": {"get": route("two", "x")}, "/a/{x}/b": {"get": route("two", "x")},
    "/one/{x}": {"get": route("one", "x")}, "/$default": {"x-amazon-apigateway-any-method": route("one")},
}, {"two": authorizer("request", "Unused", **two), "one": authorizer("request", "Unused", **one)})
PY

say "making a REST API and two HTTP APIs"
rest=$(aws apigateway import-rest-api --body "fileb://$work/rest.json" --query id --output text)
bare=$(aws apigatewayv2 import-api --body "file://$work/bare.json" --query ApiId --output text)
http=$(aws apigatewayv2 import-api --body "file://$work/http.json" --query ApiId --output text)
for api in "$rest" "$bare" "$http"; do
  aws lambda add-permission --function-name "$name" --statement-id "api-$api" --action lambda:InvokeFunction \
    --principal apigateway.amazonaws.com --source-arn "arn:aws:execute-api:$region:$account:$api/*" >"$work/permission"
done
aws apigateway create-deployment --rest-api-id "$rest" --stage-name prod >"$work/deployment"
for api in "$bare" "$http"; do
  # shellcheck disable=SC2016 # the stage's name is that very text
  aws apigatewayv2 create-stage --api-id "$api" --stage-name '$default' --auto-deploy >"$work/stage"
done
of_rest=https://$rest.execute-api.$region.amazonaws.com
of_bare=https://$bare.execute-api.$region.amazonaws.com
of_http=https://$http.execute-api.$region.amazonaws.com
sleep 20

# ask QUESTION HOST TARGET [CURL OPTION...]: calls the target just as it is written and writes a line.
status=000
ask() {
  local question=$1 host=$2 target=$3
  shift 3
  : >"$work/body"
  : >"$work/head"
  status=$(curl -sS --http1.1 --globoff --max-time 40 -o "$work/body" -D "$work/head" -w '%{http_code}' \
    --request-target "$target" "$@" "$host/" 2>"$work/why") || status=000
  python3 - "$question" "$region" "$target" "$status" "$work" "$@" <<'PY'
import datetime, json, sys

question, region, target, status, work, *options = sys.argv[1:]
with open(f"{work}/body", errors="replace") as body, open(f"{work}/head", errors="replace") as head:
    heads = dict(line.rstrip("\r\n").split(": ", 1) for line in head if ": " in line)
    named = {k: v for k, v in heads.items() if k.lower().startswith("x-amzn-error")}
    answer = {"question": int(question), "region": region,
              "at": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
              "target": target, "options": [o[:200] for o in options],
              "status": int(status), "heads": named, "body": body.read()[:8000]}
print(json.dumps(answer))
PY
}

say "asking"
ask 1 "$of_rest" '/prod/a*b' -H 'X-Probe: escape'
ask 1 "$of_rest" '/prod/axb' -H 'X-Probe: escape'
ask 2 "$of_bare" /orders/search
ask 2 "$of_bare" /orders/search -X POST
# Between a size that passes and one that does not, to the kilobyte.
low=0 high=""
for bytes in 8192 16384 32768 65536 131072 262144 524288 1048576; do
  ask 3 "$of_rest" /prod/a -H "X-Probe: pad:$bytes"
  if [ "$status" = 200 ]; then low=$bytes; else high=$bytes && break; fi
done
while [ -n "$high" ] && [ $((high - low)) -gt 1024 ]; do
  middle=$(((low + high) / 2))
  ask 3 "$of_rest" /prod/a -H "X-Probe: pad:$middle"
  if [ "$status" = 200 ]; then low=$middle; else high=$middle; fi
done
ask 4 "$of_rest" /prod/a -H 'X-Probe: not-resource'
ask 4 "$of_rest" /prod/b -H 'X-Probe: not-resource'
ask 5 "$of_rest" /prod/a -H "X-Long: $(printf '%011000d' 0)"
long=$(printf '%02000d' 0)
ask 6 "$of_rest" "/prod/$long"
ask 6 "$of_rest" "/prod/open/$long"
ask 7 "$of_rest" /prod/a -H 'X-Probe: before:60'
ask 7 "$of_rest" /prod/a -H 'X-Probe: before:-60'
ask 7 "$of_rest" /prod/a -H 'X-Probe: from:0.0.0.0/0'
ask 7 "$of_rest" /prod/a -H 'X-Probe: from:192.0.2.0/24'
for path in 'a|b' 'a{b' '%' '%zz' $'\xc3\xbc'; do ask 8 "$of_rest" "/prod/$path"; done
ask 9 "$of_rest" /prod/a%2Bb
ask 10 "$of_rest" /prod/a -H 'X-Twice: one' -H 'x-twice: two'
ask 11 "$of_rest" /prod/token -H 'X-Token: one' -H 'X-Token: two'
ask 12 "$of_rest" /prod/sourced
ask 12 "$of_rest" /prod/sourced -H 'X-Wanted: here'
# The answer under way when the cache is flushed: the second call has another `ran` if it was not kept.
(ask 13 "$of_rest" /prod/kept -H 'X-Key: one' -H 'X-Probe: wait' >"$work/first") &
first=$!
sleep 1
aws apigateway flush-stage-authorizers-cache --rest-api-id "$rest" --stage-name prod
wait "$first"
cat "$work/first"
sleep 1
ask 13 "$of_rest" /prod/kept -H 'X-Key: one'
ask 16 "$of_rest" //prod/a
ask 16 "$of_rest" /prod//a
ask 16 "$of_rest" /prod/a//
ask 17 "$of_http" /a/1%2Fb
ask 17 "$of_http" /a/1/b
ask 18 "$of_http" /one/1
ask 18 "$of_http" /elsewhere
ask 19 "$of_http" '/one/1?q=1&q=2' -H 'X-A: 1' -H 'X-A: 2'
for path in a%ff a%zz; do ask 20 "$of_http" "/$path"; done
ask 21 "$of_http" /a/1 -H 'X-Probe: context'
say "done; deleting what was made"

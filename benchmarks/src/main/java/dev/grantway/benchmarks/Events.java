package dev.grantway.benchmarks;

import dev.grantway.policy.Permission;
import java.nio.charset.StandardCharsets;

/** Events of the size that a browser's calls have, as API Gateway sends them. */
final class Events {
  private static final String STAGE = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod";

  private Events() {}

  /** A call of what that permission is about: to a REST API, or to an HTTP API in payload 2.0. */
  static byte[] of(Permission permission, String token, boolean http) {
    var template = permission.resource().toString();
    var path = template.replaceAll("[{][a-z]+[}]", "42");
    var verb = permission.actions().iterator().next().name();
    return of(http ? HTTP : REST, verb, template, path, token);
  }

  /** A call to a REST API. */
  static byte[] of(String verb, String template, String path, String token) {
    return of(REST, verb, template, path, token);
  }

  private static byte[] of(String text, String verb, String template, String path, String token) {
    return text.formatted(STAGE, verb, path, template, token).getBytes(StandardCharsets.UTF_8);
  }

  private static final String REST =
      """
      {"type": "REQUEST", "methodArn": "%1$s/%2$s%3$s", "resource": "%4$s", "path": "%3$s",
       "httpMethod": "%2$s",
       "headers": {"Accept": "application/json", "Accept-Encoding": "gzip, deflate, br",
         "Accept-Language": "en-GB,en;q=0.9", "Authorization": "Bearer %5$s",
         "Host": "api.example", "Origin": "https://shop.example",
         "Referer": "https://shop.example/", "sec-fetch-mode": "cors",
         "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0",
         "X-Amzn-Trace-Id": "Root=1-65a1b2c3-0123456789abcdef01234567",
         "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Port": "443",
         "X-Forwarded-Proto": "https"},
       "multiValueHeaders": {"Accept": ["application/json"],
         "Accept-Encoding": ["gzip, deflate, br"], "Accept-Language": ["en-GB,en;q=0.9"],
         "Authorization": ["Bearer %5$s"], "Host": ["api.example"],
         "Origin": ["https://shop.example"], "Referer": ["https://shop.example/"],
         "sec-fetch-mode": ["cors"],
         "User-Agent": ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0"],
         "X-Amzn-Trace-Id": ["Root=1-65a1b2c3-0123456789abcdef01234567"],
         "X-Forwarded-For": ["203.0.113.9"], "X-Forwarded-Port": ["443"],
         "X-Forwarded-Proto": ["https"]},
       "queryStringParameters": {"limit": "20"},
       "multiValueQueryStringParameters": {"limit": ["20"]},
       "pathParameters": {}, "stageVariables": {},
       "requestContext": {"resourceId": "05c7jb", "resourcePath": "%4$s", "httpMethod": "%2$s",
         "extendedRequestId": "Q2h1aW5hbmRnYW1lcw=", "requestTime": "01/Jan/2026:00:00:00 +0000",
         "path": "/prod%3$s", "accountId": "123456789012", "protocol": "HTTP/1.1",
         "stage": "prod", "domainPrefix": "a1b2c3d4e5", "requestTimeEpoch": 1767225600000,
         "requestId": "0b7e8c9a-33a5-4d0f-8f0e-5f4b0d6a7c21",
         "identity": {"cognitoIdentityPoolId": null, "accountId": null, "caller": null,
           "sourceIp": "203.0.113.9", "accessKey": null, "user": null,
           "userAgent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0"},
         "domainName": "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com", "apiId": "a1b2c3d4e5"}}\
      """;

  private static final String HTTP =
      """
      {"version": "2.0", "type": "REQUEST", "routeArn": "%1$s/%2$s%3$s",
       "identitySource": ["Bearer %5$s"], "routeKey": "%2$s %4$s", "rawPath": "/prod%3$s",
       "rawQueryString": "limit=20",
       "headers": {"accept": "application/json", "accept-encoding": "gzip, deflate, br",
         "accept-language": "en-GB,en;q=0.9", "authorization": "Bearer %5$s",
         "content-length": "0", "host": "api.example", "origin": "https://shop.example",
         "referer": "https://shop.example/", "sec-fetch-mode": "cors",
         "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0",
         "x-amzn-trace-id": "Root=1-65a1b2c3-0123456789abcdef01234567",
         "x-forwarded-for": "203.0.113.9", "x-forwarded-port": "443",
         "x-forwarded-proto": "https"},
       "queryStringParameters": {"limit": "20"}, "pathParameters": {}, "stageVariables": {},
       "requestContext": {"accountId": "123456789012", "apiId": "a1b2c3d4e5",
         "domainName": "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com",
         "domainPrefix": "a1b2c3d4e5",
         "http": {"method": "%2$s", "path": "/prod%3$s", "protocol": "HTTP/1.1",
           "sourceIp": "203.0.113.9",
           "userAgent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0"},
         "requestId": "Q2h1aW5hbmRnYW1lcw=", "routeKey": "%2$s %4$s", "stage": "prod",
         "time": "01/Jan/2026:00:00:00 +0000", "timeEpoch": 1767225600000}}\
      """;
}

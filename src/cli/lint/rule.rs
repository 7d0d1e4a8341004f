//! The rules, in one table: each with its severity, its part of the score, the item of the OWASP API Security Top 10 (2023) that it
//! speaks of, the mistake, and what to write.

use serde::Serialize;

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Severity {
    /// A matter of order.
    Low,
    /// A gap that makes an attack easier.
    Medium,
    /// A gap that an attacker can use.
    High,
}

/// The part of the score that a rule belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Part {
    /// Credentials and their ways: 30 points.
    Security,
    /// The form of requests and answers: 70 points.
    Data,
}

/// One rule.
#[derive(Debug, Serialize)]
pub(crate) struct LintRule {
    pub(crate) id: &'static str,
    pub(crate) severity: Severity,
    pub(crate) part: Part,
    /// The item of the OWASP API Security Top 10, 2023; none where it is a matter of order.
    pub(crate) owasp: Option<&'static str>,
    /// The mistake.
    pub(crate) text: &'static str,
    /// The text to write.
    pub(crate) help: &'static str,
}

macro_rules! rules {
    ($($name:ident = $id:literal, $severity:ident, $part:ident, $owasp:literal, $text:literal, $help:literal;)*) => {
        $(pub(crate) static $name: LintRule = LintRule {
            id: $id,
            severity: Severity::$severity,
            part: Part::$part,
            owasp: Some($owasp),
            text: $text,
            help: $help,
        };)*
        /// All of them, in the order of the table.
        pub(crate) static RULES: &[&LintRule] = &[$(&$name),*];
    };
}

rules! {
    // Who may call.
    NO_SECURITY = "no-security", High, Security, "API2:2023",
        "nothing says which credentials it needs",
        "write `security` on the operation or on the document; for anybody, `security: [{}]` with the reason in `x-public-reason`";
    OPEN_OPERATION = "open-operation", Medium, Security, "API2:2023",
        "it can be called without credentials, and nothing says why",
        "name a scheme in `security` and remove the empty alternative; or write the reason in `x-public-reason`";
    ADMIN_LIKE_OTHERS = "admin-like-others", High, Security, "API5:2023",
        "it looks like an operation for administrators, and asks for nothing more than others do",
        "demand a scope or a role that ordinary callers do not have";
    UNDEFINED_SCHEME = "undefined-scheme", High, Security, "API2:2023",
        "it demands a scheme that is not defined, so tools take it for none",
        "define it in `components.securitySchemes`, or name one that is there";
    UNUSED_SCHEME = "unused-scheme", Low, Security, "API9:2023",
        "no operation demands the scheme",
        "demand it in `security`, or remove it";
    NO_SCOPES = "no-scopes", Medium, Security, "API5:2023",
        "any token of OAuth is enough, whatever it was given for",
        "list the scopes that the operation needs";
    UNDEFINED_SCOPE = "undefined-scope", Low, Security, "API5:2023",
        "it demands a scope that no flow of the scheme can give",
        "list the scope in the flow's `scopes`, or name one that is there";
    // Which credentials.
    BASIC = "basic-authentication", High, Security, "API2:2023",
        "with each request the password itself is sent",
        "use short-lived tokens: `type: http, scheme: bearer`, or `openIdConnect`";
    WEAK_HTTP = "weak-http-scheme", Medium, Security, "API2:2023",
        "the scheme is outdated: it is weak, or tied to a connection",
        "use short-lived tokens: `type: http, scheme: bearer`, or `openIdConnect`";
    UNKNOWN_TYPE = "unknown-scheme-type", Medium, Security, "API2:2023",
        "the scheme is of no type that there is, so tools take it for none",
        "write `type: http`, `oauth2`, `openIdConnect`, `mutualTLS` or `apiKey`";
    KEY_IN_QUERY = "api-key-in-query", High, Security, "API2:2023",
        "credentials in a URL stand in logs, histories and referrers",
        "send the key in a header: `in: header`";
    KEY_IN_COOKIE = "api-key-in-cookie", Medium, Security, "API2:2023",
        "any page can make a browser send the cookie, and a plain name lets other hosts set it",
        "name the cookie with `__Host-` and check the origin of requests, or send the key in a header";
    IMPLICIT_FLOW = "implicit-flow", High, Security, "API2:2023",
        "the implicit flow gives tokens in URLs; OAuth 2.1 has none (RFC 9700)",
        "use `authorizationCode` with PKCE";
    PASSWORD_FLOW = "password-flow", High, Security, "API2:2023",
        "the password flow gives passwords to clients; OAuth 2.1 has none (RFC 9700)",
        "use `authorizationCode` with PKCE";
    PLAINTEXT_ISSUER = "plaintext-issuer", High, Security, "API8:2023",
        "credentials are fetched over plaintext",
        "write the URL with `https`";
    PLAINTEXT_SERVER = "plaintext-server", High, Security, "API8:2023",
        "the server is reached over plaintext, and so are credentials",
        "write the URL with `https`; plain `http` is for loopback";
    CREDENTIALS_IN_URL = "credentials-in-url", High, Security, "API8:2023",
        "a URL holds a user or a password",
        "remove what stands before the `@`, and change the password";
    SECRET_IN_URL = "secret-in-url", High, Security, "API2:2023",
        "a secret in a path or a query stands in logs, histories and referrers",
        "send it in `Authorization` or in the body";
    AUTHORIZATION_PARAMETER = "authorization-parameter", Low, Security, "API2:2023",
        "a parameter of this name is ignored, so tools know of no credentials",
        "define a scheme in `components.securitySchemes` and demand it in `security`";
    NUMERIC_ID = "numeric-id", Medium, Security, "API1:2023",
        "an id that is a number is guessed by counting",
        "use random ids: `type: string, format: uuid`";
    // What comes in.
    OPEN_OBJECT = "open-object", Medium, Data, "API3:2023",
        "it takes members that nobody declared",
        "write `additionalProperties: false`; a map has `maxProperties`";
    OPEN_STRING = "open-string", Medium, Data, "API4:2023",
        "the text has no end",
        "write `maxLength`, or `enum`";
    FREE_STRING = "free-string", Low, Data, "API8:2023",
        "nothing says of which form the text is",
        "write `pattern`, `format` or `enum`";
    OPEN_ARRAY = "open-array", Medium, Data, "API4:2023",
        "the list has no end",
        "write `maxItems`";
    OPEN_NUMBER = "open-number", Medium, Data, "API4:2023",
        "the number has no bounds",
        "write `minimum` and `maximum`";
    FREE_NUMBER = "free-number", Low, Data, "API8:2023",
        "nothing says how large the number is in memory",
        "write `format: int32`, `int64`, `float` or `double`";
    UNTYPED = "untyped", Medium, Data, "API8:2023",
        "it takes anything",
        "write `type`, and the bounds of that type";
    BODY_WITHOUT_SCHEMA = "body-without-schema", Medium, Data, "API8:2023",
        "nothing says what the body is",
        "write a schema for each media type of it";
    ANY_MEDIA_TYPE = "any-media-type", Medium, Data, "API8:2023",
        "it takes a body of any media type",
        "name the media types that are read, as `application/json`";
    BODY_IN_GET = "body-in-get", Medium, Data, "API8:2023",
        "a body means nothing for this method: caches and proxies drop or misread it",
        "use query parameters, or `post`; of a DELETE, say why in `x-exceptions`";
    // What goes out.
    NO_401 = "no-401", Low, Data, "API2:2023",
        "nothing says what is answered without credentials that hold",
        "describe 401";
    NO_403 = "no-403", Low, Data, "API5:2023",
        "nothing says what is answered to callers who may not",
        "describe 403";
    NO_429 = "no-429", Medium, Data, "API4:2023",
        "nothing says that callers are limited",
        "limit them, and describe 429";
    NO_LIMIT_HEADERS = "no-limit-headers", Low, Data, "API4:2023",
        "no answer of success tells what is left of the limit",
        "describe `RateLimit` or `X-RateLimit-Remaining` in its headers";
    NO_RETRY_AFTER = "no-retry-after", Low, Data, "API4:2023",
        "who is limited is not told until when",
        "describe `Retry-After` in the headers of 429";
    NO_400 = "no-400", Medium, Data, "API8:2023",
        "nothing says what is answered to input that is wrong",
        "describe 400 or 422";
    NO_5XX = "no-5xx", Low, Data, "API8:2023",
        "nothing says what is answered when it fails",
        "describe 500 or `default`";
    ERROR_WITHOUT_SCHEMA = "error-without-schema", Low, Data, "API8:2023",
        "an error has no schema, so it may tell anything",
        "describe its content, as `application/problem+json` (RFC 9457)";
    ANSWER_WITHOUT_SCHEMA = "answer-without-schema", Medium, Data, "API3:2023",
        "nothing says what leaves",
        "describe its content with a schema, or answer 204";
    NO_SUCCESS = "no-success", Low, Data, "API9:2023",
        "it has no answer of success",
        "describe the 2xx that it answers with";
    WRONG_STATUS = "wrong-status", Low, Data, "API8:2023",
        "it is no status that this operation can answer with",
        "write a status from 100 to 599, `2XX` or `default`; a GET does not create";
    CONTENT_WITHOUT_BODY = "content-without-body", Low, Data, "API8:2023",
        "an answer of this status has no body",
        "remove its `content`, or answer 200";
    // The document itself.
    LOST_REFERENCE = "lost-reference", Medium, Data, "API9:2023",
        "the reference leads nowhere in this document, so nothing was looked at there",
        "bundle the document into one file, and name what is there";
    NO_OPERATION_ID = "no-operation-id", Low, Data, "API9:2023",
        "the operation has no name",
        "write `operationId`";
    SAME_OPERATION_ID = "same-operation-id", Medium, Data, "API9:2023",
        "another operation has this name",
        "give each its own `operationId`";
    NO_TAGS = "no-tags", Low, Data, "API9:2023",
        "the operation is in no group",
        "write `tags`";
}

//! The keys of each attribute, derive and helper, one list each. No other file lists any; the tables of the documentation
//! are compared with these.

/// The keys of `#[get]` and the other verbs, after the path.
pub(crate) const ROUTE: &[&str] = &[
    "version",
    "role",
    "public",
    "by",
    "scope",
    "acr",
    "amr",
    "max_age",
    "view",
    "limit",
    "outage",
    "after",
    "idempotency_key",
    "if_match",
    "credential",
    "deprecated",
    "body_limit",
    "timeout",
    "page",
    "redirects",
    "media_type",
    "accepts",
    "kinds",
    "open",
    "lasts",
    "allow",
];

/// The keys of `page(…)`.
pub(crate) const PAGE: &[&str] = &["array", "items", "total", "next", "links"];

/// The keys of `after(handler, …)`.
pub(crate) const AFTER: &[&str] = &["within", "at_least"];

/// The keys of `deprecated(…)`.
pub(crate) const DEPRECATED: &[&str] = &["since", "sunset", "instead", "brownout"];

/// The rules that a route can be excepted from.
pub(crate) const ROUTE_ALLOW: &[&str] = &[
    "active_content",
    "content",
    "cross_site",
    "extractor",
    "path",
    "unchecked",
    "unproven",
    "unrelated",
    "untenanted",
];

/// The keys of `#[api]`.
pub(crate) const API: &[&str] =
    &["roles", "versions", "limit", "outage", "by", "tenants", "allow", "routes"];

/// The rules that an API can be excepted from.
pub(crate) const API_ALLOW: &[&str] = &["unused_role", "unused_version", "shared_admin"];

/// The keys of `#[routes]`.
pub(crate) const ROUTES: &[&str] =
    &["prefix", "routes", "version", "role", "public", "by", "limit", "outage", "allow"];

/// The rules that the routes of a module can be excepted from.
pub(crate) const ROUTES_ALLOW: &[&str] = &["path"];

/// The keys of `defaults!`.
pub(crate) const DEFAULTS: &[&str] =
    &["version", "role", "public", "by", "limit", "outage", "routes"];

/// The keys of `#[object]`.
pub(crate) const OBJECT: &[&str] =
    &["key", "store", "roles", "owner", "tenant", "read", "create", "update", "delete"];

/// The keys of `#[role]` on a variant.
pub(crate) const ROLE: &[&str] = &["includes", "name"];

/// The keys of `#[version]` above the enum.
pub(crate) const VERSIONS: &[&str] = &["paths", "place", "below", "reason"];

/// The keys of `#[version]` on a variant.
pub(crate) const VERSION: &[&str] =
    &["deprecated", "sunset", "migrate", "preview", "brownout", "name", "unstated"];

/// The keys of `#[value]` above a struct.
pub(crate) const VALUE: &[&str] = &[
    "text",
    "email",
    "min_len",
    "max_len",
    "pattern",
    "contains",
    "excludes",
    "range",
    "multiple_of",
    "one_of",
    "parse",
    "write",
    "key",
    "unowned",
    "reserved",
];

/// The keys of `#[value]` above an enum. Only text has words to spare: an enum leaves the variant out.
pub(crate) const VALUE_CHOICE: &[&str] = &["key", "unowned", "rename_all"];

/// The keys of `#[value]` on a variant.
pub(crate) const VALUE_VARIANT: &[&str] = &["name"];

/// The keys of `#[value]` that say what the value stands for; all others are rules.
pub(crate) const VALUE_MARK: &[&str] = &["key", "unowned", "reserved"];

/// The keys of `#[input]` on a field.
pub(crate) const FIELD: &[&str] = &[
    "text",
    "email",
    "min_len",
    "max_len",
    "pattern",
    "contains",
    "excludes",
    "range",
    "multiple_of",
    "one_of",
    "items",
    "unique",
    "separated",
    "json",
    "each",
    "keys",
    "max_bytes",
    "kinds",
    "name",
    "allow",
    "check",
    "key",
    "role",
    "depth",
];

/// The keys of `allow(…)` on a field of an input.
pub(crate) const FIELD_ALLOW: &[&str] = &["read_only", "plain_secret", "active_content", "reason"];

/// The keys of `each(…)` and `keys(…)`: the rules among those of a field.
pub(crate) const RULES: &[&str] = &[
    "text",
    "email",
    "min_len",
    "max_len",
    "pattern",
    "contains",
    "excludes",
    "range",
    "multiple_of",
    "one_of",
    "items",
    "unique",
    "each",
    "keys",
    "max_bytes",
    "kinds",
];

/// The keys of `#[input]` above a struct.
pub(crate) const INPUT: &[&str] = &["rename_all", "check"];

/// The keys of `#[input]` above an enum.
pub(crate) const INPUT_TAGGED: &[&str] =
    &["tag", "content", "rename_all", "rename_all_fields", "check", "untagged"];

/// The keys of `#[input]` above an enum without a tag.
pub(crate) const INPUT_UNTAGGED: &[&str] = &["untagged", "ordered", "reason", "check"];

/// The keys of `#[input]` on a variant without a tag: its rules stand before its value.
pub(crate) const INPUT_UNTAGGED_VARIANT: &[&str] = &[];

/// The keys of `#[input]` on a variant.
pub(crate) const INPUT_VARIANT: &[&str] = &["name", "rename_all"];

/// The keys of `#[view]`, after its name.
pub(crate) const VIEW: &[&str] = &["role", "public", "extends", "optional", "fields", "variants"];

/// The attributes before a field in the list of a view.
pub(crate) const VIEW_FIELD: &[&str] =
    &["since", "until", "max_items", "depth", "optional", "allow", "cfg"];

/// The rules that a field of a view can be excepted from.
pub(crate) const VIEW_ALLOW: &[&str] = &["plain_secret"];

/// The keys of `#[resource]` above a type.
pub(crate) const RESOURCE: &[&str] =
    &["tag", "content", "untagged", "rename_all", "rename_all_fields", "transparent"];

/// The keys of `#[resource]` on a variant.
pub(crate) const RESOURCE_VARIANT: &[&str] = &["name", "rename_all"];

/// The keys of `#[header]` on a field.
pub(crate) const HEADER: &[&str] = &["name", "max_len"];

/// The keys of `#[problem]` on a variant.
pub(crate) const PROBLEM: &[&str] =
    &["status", "title", "type", "retry_after", "source", "internal", "transparent", "from"];

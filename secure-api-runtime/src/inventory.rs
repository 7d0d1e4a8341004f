//! What there is: every operation with who may call it, how often, and what they see. For people as text, for
//! tests and tools as data.

use serde::Serialize;

use crate::{
    limit::{Limit, LimitUse, Unit},
    role::RoleSet,
    route::{
        Access, Allowed, Api, ArgumentInfo, Content, Deprecated, Inherited, Route, RouteOptions,
    },
    shape::{ObjectShape, Shape},
    version::VersionInfo,
};

/// One operation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// The handler's name.
    pub operation: &'static str,
    /// The handler's module.
    pub module: &'static str,
    /// Its verb, as sent.
    pub verb: &'static str,
    /// Its path below the version.
    pub path: &'static str,
    /// The versions it is in, as their path segments, oldest first.
    pub versions: Vec<&'static str>,
    /// Those of them in which it is deprecated.
    pub deprecated: Vec<&'static str>,
    /// Who may call it.
    pub access: Who,
    /// OAuth scopes that a token has to have besides a role, all of them.
    pub scopes: Vec<&'static str>,
    /// How often.
    pub limits: Vec<HowOften>,
    /// Whether the limits are the API's.
    pub limits_inherited: bool,
    /// What of its policy a module states for it, and which.
    pub inherited: Vec<FromModule>,
    /// The step that comes before it.
    pub after: Option<Before>,
    /// Whether a request carries an `Idempotency-Key`.
    pub idempotency_key: bool,
    /// What each caller that is admitted sees: `anonymous` on public operations, then each role by itself.
    pub sees: Vec<Sees>,
    /// The status of success.
    pub status: u16,
    /// Whether a page of resources is answered.
    pub page: bool,
    /// Whether a request has to name the state that it changes, by `If-Match`.
    pub if_match: bool,
    /// Whether it is given page by page, by a cursor.
    pub paging: bool,
    /// The type of the body, where there is one.
    pub body: Option<&'static str>,
    /// The type of the query parameters, where there are some.
    pub query: Option<&'static str>,
    /// Whether it takes credentials, and so has a limit per address that is stricter than the API's.
    pub credential: bool,
    /// Its own end, apart from its versions'.
    pub deprecation: Option<Deprecation>,
    /// The most bytes of a body, where it is not the app's.
    pub body_limit: Option<usize>,
    /// The most seconds until the answer, where they are not the app's.
    pub timeout_seconds: Option<f64>,
    /// Rules that it is excepted from.
    pub allowed: Vec<Exception>,
    /// The objects that its path names, in the path's order: each is loaded and permitted before the handler runs.
    pub objects: Vec<&'static str>,
    /// Fields of its inputs that are excepted from rules.
    pub input_exceptions: Vec<InputException>,
    /// Path parameters that name nothing owned: the reasons stated.
    pub unowned: Vec<&'static str>,
}

/// What an operation has from a module around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FromModule {
    /// What: `version`, `access` or `limit`.
    pub what: &'static str,
    /// The module that states it.
    pub module: &'static str,
}

/// The end of one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deprecation {
    /// The day from which it should not be used for anything new.
    pub since: String,
    /// The day on which it stops being served.
    pub sunset: Option<String>,
    /// The operation to use in its place.
    pub instead: Option<&'static str>,
}

/// An exception from a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exception {
    /// The rule's name.
    pub rule: &'static str,
    /// The reason stated.
    pub reason: &'static str,
}

/// An exception of a field of an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InputException {
    /// The input's type.
    pub input: &'static str,
    /// The field's name in JSON.
    pub field: &'static str,
    /// The rule's name.
    pub rule: &'static str,
    /// The reason stated.
    pub reason: &'static str,
}

/// Who may call an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// Whoever has one of these roles, or one that includes it.
    Roles(Vec<&'static str>),
    /// Anybody, for this reason.
    Public(&'static str),
}

/// One limit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HowOften {
    /// Whose limit it is: whoever has one of these roles. Empty where it is everybody's, or that of the rest.
    pub callers: Vec<&'static str>,
    /// Whose requests are counted together: `address`, `principal`, or `nobody` where there is no limit.
    pub per: &'static str,
    /// Requests per window.
    pub count: u32,
    /// The window in seconds.
    pub window_seconds: f64,
    /// How many may come at once.
    pub burst: u32,
    /// Why there is no limit, where there is none.
    pub reason: Option<&'static str>,
}

/// The step before a step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Before {
    /// The handler's name.
    pub operation: &'static str,
    /// How long it counts, in seconds.
    pub within_seconds: f64,
    /// How long it takes until it counts, in seconds.
    pub at_least_seconds: f64,
}

/// What one caller sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sees {
    /// The role's name, or `anonymous`.
    pub caller: &'static str,
    /// The view; nothing where nothing is returned.
    pub view: Option<&'static str>,
}

/// The name of a caller without a token, in the matrix.
pub const ANONYMOUS: &str = "anonymous";

/// All operations, in the order in which the API lists them.
pub fn entries(api: &Api) -> Vec<Entry> {
    api.routes().map(|route| entry(api, route)).collect()
}

fn entry(api: &Api, route: &'static Route) -> Entry {
    let versions: Vec<&VersionInfo> =
        route.versions.versions().map(|(_, version)| version).collect();
    let segment = |version: &&VersionInfo| version.segment;
    let RouteOptions { scopes, credential, deprecated, body_limit: _, timeout, allowed } =
        route.options;
    let mut entry = Entry {
        operation: route.name,
        module: route.module,
        verb: route.verb.as_str(),
        path: route.path,
        versions: versions.iter().map(segment).collect(),
        deprecated: versions
            .iter()
            .filter(|version| route.deprecated_in(version).is_some())
            .map(segment)
            .collect(),
        access: match route.access {
            Access::Roles(roles) => Who::Roles(roles.least().collect()),
            Access::Public(reason) => Who::Public(reason),
        },
        scopes: scopes.to_vec(),
        limits: route.limits_in(api).iter().flat_map(how_often).collect(),
        limits_inherited: route.limits.is_empty(),
        inherited: inherited(route),
        after: route.flow.after.map(|after| Before {
            operation: after.step.name,
            within_seconds: after.within.as_secs_f64(),
            at_least_seconds: after.at_least.as_secs_f64(),
        }),
        idempotency_key: route.flow.idempotency_key,
        sees: sees(api, route),
        status: route.answer.status,
        page: route.answer.content == Content::Page,
        if_match: route.if_match,
        paging: false,
        body: None,
        query: None,
        credential,
        deprecation: deprecated.map(|Deprecated { since, sunset, instead }| Deprecation {
            since: since.to_string(),
            sunset: sunset.map(|day| day.to_string()),
            instead: instead.map(|route| route().name),
        }),
        body_limit: route.body_limit(),
        timeout_seconds: timeout.map(|timeout| timeout.as_secs_f64()),
        allowed: allowed
            .iter()
            .map(|Allowed { rule, reason }| Exception { rule, reason })
            .collect(),
        objects: Vec::new(),
        input_exceptions: Vec::new(),
        unowned: Vec::new(),
    };
    for argument in route.arguments {
        let argument = argument();
        if let ArgumentInfo::Body(object, _) | ArgumentInfo::Query(object) = &argument {
            exceptions(object, &mut Vec::new(), &mut entry.input_exceptions);
        }
        match argument {
            ArgumentInfo::Body(object, _) => entry.body = Some(object.name),
            ArgumentInfo::Paging => entry.paging = true,
            ArgumentInfo::Query(object) => entry.query = Some(object.name),
            ArgumentInfo::Object { name, .. } => entry.objects.push(short(name)),
            ArgumentInfo::Unowned { reason, .. } => entry.unowned.push(reason),
            _ => {}
        }
    }
    entry
}

/// The name of a type without the modules before it.
fn short(name: &'static str) -> &'static str {
    let before = name.find('<').unwrap_or(name.len());
    name[..before].rfind("::").map_or(name, |place| &name[place + 2..])
}

/// What the fields of an input are excepted from, and those of the inputs in it. `seen` are those that were looked at: a
/// type may contain itself.
fn exceptions(object: &ObjectShape, seen: &mut Vec<ObjectShape>, found: &mut Vec<InputException>) {
    if seen.iter().any(|other| std::ptr::fn_addr_eq(other.fields, object.fields)) {
        return;
    }
    seen.push(*object);
    for field in (object.fields)() {
        let exceptions = field.exceptions.iter().map(|exception| InputException {
            input: object.name,
            field: field.name,
            rule: exception.rule,
            reason: exception.reason,
        });
        found.extend(exceptions);
        exceptions_of(&field.shape, seen, found);
    }
}

fn exceptions_of(shape: &Shape, seen: &mut Vec<ObjectShape>, found: &mut Vec<InputException>) {
    match shape {
        Shape::Object(object) => exceptions(object, seen, found),
        Shape::Union(union) => {
            union.variants.iter().for_each(|(_, object)| exceptions(object, seen, found));
        }
        Shape::List { item: shape, .. }
        | Shape::Map { value: shape, .. }
        | Shape::Ruled(shape, _)
        | Shape::Nullable(shape) => exceptions_of(shape, seen, found),
        Shape::Boolean
        | Shape::Integer { .. }
        | Shape::Number { .. }
        | Shape::Text { .. }
        | Shape::Choice(_)
        | Shape::Exactly(_)
        | Shape::File { .. } => {}
    }
}

fn inherited(route: &Route) -> Vec<FromModule> {
    let Inherited { versions, access, limits } = route.inherited;
    let from = [("version", versions), ("access", access), ("limit", limits)];
    from.into_iter()
        .filter_map(|(what, module)| Some(FromModule { what, module: module? }))
        .collect()
}

/// Asked of the route itself, role by role, as a request asks it.
fn sees(api: &Api, route: &'static Route) -> Vec<Sees> {
    let see = |caller, roles| Sees { caller, view: route.view_for(roles).map(|view| view.name) };
    let admits = |bits: u128| match route.access {
        Access::Public(_) => true,
        Access::Roles(roles) => roles.admits(bits),
    };
    let anonymous = admits(0).then(|| see(ANONYMOUS, 0));
    let roles = api.roles.roles.iter().enumerate().map(|(index, role)| (role.name, 1 << index));
    let roles = roles.filter(|(_, bits)| admits(*bits)).map(|(name, bits)| see(name, bits));
    anonymous.into_iter().chain(roles).collect()
}

fn how_often(arm: &LimitUse) -> Vec<HowOften> {
    let LimitUse { admits, limits } = arm;
    let callers: Vec<_> = admits.iter().flat_map(|roles| roles.least()).collect();
    limits.iter().map(|limit| one_limit(callers.clone(), limit)).collect()
}

fn one_limit(callers: Vec<&'static str>, limit: &Limit) -> HowOften {
    HowOften {
        callers,
        per: match limit.unit() {
            Unit::Address => "address",
            Unit::Principal => "principal",
            Unit::Unlimited => "nobody",
        },
        count: limit.count(),
        window_seconds: limit.window().as_secs_f64(),
        burst: limit.allowed(),
        reason: limit.reason(),
    }
}

/// A table of all operations: verb, path, who, how often, view, handler, and what is deprecated.
pub fn routes(api: &Api) -> String {
    let heading = ["verb", "path", "who", "limits", "view", "handler", "notes"].map(str::to_owned);
    let mut rows = vec![heading.to_vec()];
    for (entry, route) in entries(api).into_iter().zip(api.routes()) {
        rows.push(vec![
            entry.verb.to_owned(),
            format!("/{}{}", range(&entry.versions), entry.path),
            who(&entry),
            limits(&entry),
            views(&entry, route),
            entry.operation.to_owned(),
            notes(api, &entry, route),
        ]);
    }
    format!("{}\n\n{}", head(api), table(&rows))
}

/// A table of operations by callers: the view each gets, `yes` where nothing is shown, `-` where it is refused.
pub fn matrix(api: &Api) -> String {
    let callers: Vec<&str> =
        std::iter::once(ANONYMOUS).chain(api.roles.roles.iter().map(|role| role.name)).collect();
    let mut heading = vec!["verb".to_owned(), "path".to_owned()];
    heading.extend(callers.iter().map(|caller| (*caller).to_owned()));
    let mut rows = vec![heading];
    for entry in entries(api) {
        let mut row =
            vec![entry.verb.to_owned(), format!("/{}{}", range(&entry.versions), entry.path)];
        for caller in &callers {
            let seen = entry.sees.iter().find(|seen| seen.caller == *caller);
            row.push(seen.map_or("-", |seen| seen.view.unwrap_or("yes")).to_owned());
        }
        rows.push(row);
    }
    format!("{}\n\n{}", head(api), table(&rows))
}

fn head(api: &Api) -> String {
    let versions = api.versions.versions.iter().map(|version| {
        let mut text = version.segment.to_owned();
        if version.preview {
            text.push_str(" (preview)");
        }
        if let Some(day) = version.deprecated {
            text.push_str(&format!(" (deprecated {day}"));
            if let Some(day) = version.sunset {
                text.push_str(&format!(", sunset {day}"));
            }
            text.push(')');
        }
        text
    });
    let versions: Vec<String> = versions.collect();
    let roles: Vec<&str> = api.roles.roles.iter().map(|role| role.name).collect();
    let count = api.routes().count();
    let mut text = format!(
        "{}: {count} operation{}; versions {}; roles {}",
        api.name,
        if count == 1 { "" } else { "s" },
        versions.join(", "),
        roles.join(", ")
    );
    if api.tenants {
        text.push_str("; tenants");
    }
    for Allowed { rule, reason } in api.allowed {
        text.push_str(&format!("\nallowed {rule}: {reason}"));
    }
    text
}

/// `v1`, or `[v1..v3]`.
fn range(versions: &[&str]) -> String {
    match versions {
        [] => "[none]".to_owned(),
        [one] => (*one).to_owned(),
        [first, .., last] => format!("[{first}..{last}]"),
    }
}

fn who(entry: &Entry) -> String {
    let mut text = match &entry.access {
        Who::Roles(roles) => roles.join(" | "),
        Who::Public(reason) => format!("public: {reason}"),
    };
    if !entry.scopes.is_empty() {
        text.push_str(&format!(" with {}", entry.scopes.join(" ")));
    }
    text
}

fn limits(entry: &Entry) -> String {
    let limit = |limit: &HowOften| match limit.reason {
        Some(reason) => format!("unlimited: {reason}"),
        None => {
            let window = match limit.window_seconds {
                1.0 => "s".to_owned(),
                60.0 => "min".to_owned(),
                3600.0 => "h".to_owned(),
                86_400.0 => "day".to_owned(),
                seconds => format!("{seconds}s"),
            };
            let burst = if limit.burst < limit.count {
                format!(" burst {}", limit.burst)
            } else {
                String::new()
            };
            format!("{}/{window} per {}{burst}", limit.count, limit.per)
        }
    };
    let mut text = String::new();
    let mut callers: &[&str] = &[];
    for (index, each) in entry.limits.iter().enumerate() {
        let same = each.callers == callers;
        if index > 0 {
            text.push_str(if same { " + " } else { ", " });
        }
        if !same && !each.callers.is_empty() {
            text.push_str(&format!("{}: ", each.callers.join(" | ")));
        }
        callers = &each.callers;
        text.push_str(&limit(each));
    }
    if entry.limits_inherited {
        text.push_str(" (inherited)");
    }
    text
}

fn views(entry: &Entry, route: &Route) -> String {
    let least = |roles: RoleSet| roles.least().collect::<Vec<_>>().join(" | ");
    let arms: Vec<String> = route
        .views
        .iter()
        .map(|used| match used.admits {
            Some(roles) => format!("{}: {}", least(roles), used.view.name),
            None => used.view.name.to_owned(),
        })
        .collect();
    match (&arms[..], entry.page) {
        ([], _) => "-".to_owned(),
        (arms, false) => arms.join(", "),
        (arms, true) => format!("page of {}", arms.join(", ")),
    }
}

fn notes(api: &Api, entry: &Entry, route: &'static Route) -> String {
    let mut notes: Vec<String> = Vec::new();
    for (_, version) in route.versions.versions() {
        let since = version.deprecated.map(|day| format!(" deprecated {day}"));
        let end = version.sunset.map(|day| format!(" until {day}"));
        if since.is_some() || end.is_some() {
            notes.push(
                [Some(version.segment.to_owned()), since, end].into_iter().flatten().collect(),
            );
        }
    }
    if entry.credential {
        notes.push("credential".to_owned());
    }
    if let Some(Deprecation { since, sunset, instead }) = &entry.deprecation {
        let mut note = format!("deprecated {since}");
        if let Some(day) = sunset {
            note.push_str(&format!(" until {day}"));
        }
        if let Some(name) = instead {
            note.push_str(&format!(" instead {name}"));
        }
        notes.push(note);
    }
    notes.extend(entry.body_limit.map(|bytes| format!("body {bytes} bytes")));
    notes.extend(entry.timeout_seconds.map(|seconds| format!("timeout {seconds}s")));
    let exceptions = entry.allowed.iter();
    notes.extend(exceptions.map(|Exception { rule, reason }| format!("allow {rule}: {reason}")));
    let exceptions = entry.input_exceptions.iter();
    notes.extend(exceptions.map(|InputException { input, field, rule, reason }| {
        format!("allow {rule} for {input}.{field}: {reason}")
    }));
    if entry.if_match {
        notes.push("needs If-Match".to_owned());
    }
    notes.extend(entry.after.as_ref().map(|before| {
        let Before { operation, within_seconds, at_least_seconds } = before;
        let mut text = format!("after {operation} within {within_seconds}s");
        if *at_least_seconds > 0.0 {
            text.push_str(&format!(", not before {at_least_seconds}s"));
        }
        text
    }));
    if entry.idempotency_key {
        notes.push("idempotency key".to_owned());
    }
    if !entry.objects.is_empty() {
        notes.push(format!("guarded by {}", entry.objects.join(" and ")));
    }
    notes.extend(entry.unowned.iter().map(|reason| format!("unowned: {reason}")));
    notes.extend(before(api, route).map(|other| format!("yields to {}", other.name)));
    // Most have all from one module, so modules are named once, innermost or not.
    let mut from: Vec<(&str, Vec<&str>)> = Vec::new();
    for FromModule { what, module } in &entry.inherited {
        match from.iter_mut().find(|(known, _)| known == module) {
            Some((_, whats)) => whats.push(what),
            None => from.push((module, vec![what])),
        }
    }
    notes.extend(
        from.iter().map(|(module, whats)| format!("{} from {module}", whats.join(" and "))),
    );
    notes.join(", ")
}

/// The operations that some requests go to which would fit this one: a path is read from the left, and a word is
/// preferred to a parameter.
fn before(api: &Api, route: &'static Route) -> impl Iterator<Item = &'static Route> {
    let parts = |route: &'static Route| route.path_shape.split('/');
    let goes_before = move |other: &&'static Route| {
        let mut first = None;
        let alike = parts(other).count() == parts(route).count()
            && parts(other).zip(parts(route)).all(|(theirs, ours)| {
                let fits = theirs == ours || theirs == "{}" || ours == "{}";
                if theirs != ours && first.is_none() {
                    first = Some(ours == "{}");
                }
                fits
            });
        alike
            && first == Some(true)
            && other.verb as u8 == route.verb as u8
            && other.versions.overlaps(route.versions)
    };
    api.routes().filter(goes_before)
}

/// Columns as wide as their widest cell, two spaces apart, nothing at the ends of lines.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

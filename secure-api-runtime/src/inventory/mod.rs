//! What there is: every operation with who may call it, how often, and what they see. For people as text, for
//! tests and tools as data.

use serde::Serialize;

use crate::{
    limit::{Limit, LimitUse, Unit},
    route::{
        Access, Allowed, Api, ArgumentInfo, Content, Deprecated, Inherited, Route, RouteOptions,
    },
    version::VersionInfo,
};

mod exception;
mod object;
mod table;

use exception::exceptions;
pub use object::{Guarded, objects};
pub use table::{matrix, routes};

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
    /// The view of what the caller owns, where the route's view depends on that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own: Option<&'static str>,
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

fn inherited(route: &Route) -> Vec<FromModule> {
    let Inherited { versions, access, limits } = route.inherited;
    let from = [("version", versions), ("access", access), ("limit", limits)];
    from.into_iter()
        .filter_map(|(what, module)| Some(FromModule { what, module: module? }))
        .collect()
}

/// Asked of the route itself, role by role, as a request asks it.
fn sees(api: &Api, route: &'static Route) -> Vec<Sees> {
    let see = |caller, roles| Sees {
        caller,
        view: route.view_for(roles, false).map(|view| view.name),
        // Nothing is a stranger's.
        own: route
            .view_for(roles, true)
            .filter(|_| route.has_mine() && caller != ANONYMOUS)
            .map(|view| view.name),
    };
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

//! An app that is not built yet, against an access log: its limits tried before they bite, and its operations.

use std::{
    cmp::Reverse,
    collections::BTreeMap,
    io::{self, BufRead},
};

use http::{Method, Uri};

use super::{AppBuilder, paths::Paths};
use crate::{
    access_log::{Line, Lines, read},
    base_url::BaseUrl,
    inventory::{Expected, LimitModel, LoggedTraffic, RefusedCaller, TriedLimits, TriedPolicy},
    limit::against::{InOrder, Outcome, Row, Spread, Trial},
    secret::{AppSecret, SHORTEST},
    verb::Verb,
};

/// The callers whom a report names.
const NAMED: usize = 10;

impl AppBuilder {
    /// Tries the limits of this app against an access log in the common or the combined format: whom they would have refused,
    /// and how often callers really call. Nothing is built or served, and no store is asked.
    ///
    /// A line is charged to the operation that its method and path lead to, by the arithmetic that enforces limits, at the time
    /// that it states. Lines are put in order within a minute. A log tells whole seconds, so what came within one is taken to have
    /// come at once, which is stricter for a burst. A caller is the user that a line names, or its address; behind a proxy that
    /// is the proxy's, unless its log was told otherwise. A request that was answered by 401 counts per address alone. Memory
    /// grows with the callers of the log.
    ///
    /// ```
    /// # use secure_api::prelude::*;
    /// # #[derive(Role)] enum Role { Member }
    /// # #[derive(Version)] enum Version { V1 }
    /// # /// Ends the caller's visit.
    /// # #[delete("/visit", version = Version::V1.., role = Role::Member)]
    /// # async fn leave() -> NoContent { NoContent }
    /// # #[api(roles = Role, versions = Version, limit = Limit::per_principal(1).per_minute(), routes(leave))]
    /// # struct House;
    /// let log = br#"192.0.2.1 - - [29/Nov/2026:20:42:26 +0000] "DELETE /v1/visit HTTP/1.1" 204 0
    /// 192.0.2.1 - - [29/Nov/2026:20:42:27 +0000] "DELETE /v1/visit HTTP/1.1" 204 0
    /// "#;
    /// let tried = House::app().limits_against(&log[..])?;
    /// assert_eq!((tried.requests, tried.refused), (2, 1));
    /// # std::io::Result::Ok(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the reader. A line that is no request is none: the report counts it.
    pub fn limits_against(&self, log: impl BufRead) -> io::Result<TriedLimits> {
        Against::new(self).tried(log, None)
    }

    /// Tries the limits of one operation, as if each request of a log called it: for the log of another API, or of one that has
    /// other paths.
    ///
    /// # Errors
    ///
    /// Those of the reader; `InvalidInput` where there is no such operation.
    pub fn limits_against_as(&self, log: impl BufRead, operation: &str) -> io::Result<TriedLimits> {
        let against = Against::new(self);
        let Some(place) = against.names.iter().position(|name| *name == operation) else {
            let message = format!("there is no operation `{operation}`");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        };
        against.tried(log, Some(place))
    }
}

impl AppBuilder {
    /// Holds an access log against the operations of this app: which of them were called, how often, by whom, with which errors; which
    /// nobody called, and what was called that is not declared, also where another program answers it. Nothing is built or served.
    ///
    /// A client has a keyed hash. Where the app's secret is stated, an address has that of the
    /// [live inventory](crate::inventory::LiveInventory); without one the key is gone when this is done.
    ///
    /// ```
    /// # use secure_api::prelude::*;
    /// # #[derive(Role)] enum Role { Member }
    /// # #[derive(Version)] enum Version { V1 }
    /// # /// Ends the caller's visit.
    /// # #[delete("/visit", version = Version::V1.., role = Role::Member)]
    /// # async fn leave() -> NoContent { NoContent }
    /// # #[api(roles = Role, versions = Version, limit = Limit::per_principal(1).per_minute(), routes(leave))]
    /// # struct House;
    /// let log = br#"192.0.2.1 - - [29/Nov/2026:20:42:26 +0000] "DELETE /v1/visit HTTP/1.1" 204 0
    /// 192.0.2.1 - - [29/Nov/2026:20:42:27 +0000] "GET /old/4711 HTTP/1.1" 200 512
    /// "#;
    /// let traffic = House::app().traffic_in(&log[..])?;
    /// let shadows: Vec<_> = traffic.shadows().map(|shadow| &*shadow.path).collect();
    /// assert_eq!((traffic.operations[0].calls, &shadows[..]), (1, &["/old/{id}"][..]));
    /// # std::io::Result::Ok(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of the reader. A line that is no request is none: it is counted.
    pub fn traffic_in(&self, log: impl BufRead) -> io::Result<LoggedTraffic> {
        let secret = self.sound_secret().unwrap_or_else(AppSecret::random);
        LoggedTraffic::read_with(Expected::of(&self.model()), log, &secret)
    }

    /// Returns the app's secret, where one is stated that is long enough.
    pub(super) fn sound_secret(&self) -> Option<AppSecret> {
        let given = self.secret.as_ref()?;
        let is_sound = given.unread().is_none() && given.expose().len() >= SHORTEST;
        is_sound.then(|| AppSecret::of(given.expose()))
    }
}

/// An app's operations by their paths, and their limits on trial.
struct Against<'a> {
    app: &'a AppBuilder,
    trial: Trial,
    names: Vec<&'static str>,
    by_role: Vec<String>,
    /// The operations of each version by their paths, newest first: one request may mean several, where the version is stated
    /// elsewhere than in the path. A log does not tell it, and the newest is tried.
    versions: Vec<Paths<ByVerb>>,
}

/// The operations of a path, by their verbs.
type ByVerb = [Option<usize>; Verb::ALL.len()];

impl<'a> Against<'a> {
    fn new(app: &'a AppBuilder) -> Self {
        let settings = &app.settings;
        let mut trial = Trial::new(settings.address_limit, settings.limit_scale);
        let (mut names, mut by_role) = (Vec::new(), Vec::new());
        let mut tables: BTreeMap<Reverse<usize>, BTreeMap<String, ByVerb>> = BTreeMap::new();
        for route in app.api.routes() {
            let arms = route.limits_in(app.api);
            if arms.len() > 1 {
                by_role.push(route.name.to_owned());
            }
            trial.add(route.name, arms.last().map_or(&[], |arm| arm.limits));
            for (index, version) in route.versions.versions() {
                if settings.previews.serve(index, version) {
                    let path = route.versions.table().address(version, route.path_shape);
                    let paths = tables.entry(Reverse(index)).or_default();
                    paths.entry(path).or_default()[route.verb.index()] = Some(names.len());
                }
            }
            names.push(route.name);
        }
        let versions = tables.into_values().map(Paths::new).collect();
        Self { app, trial, names, by_role, versions }
    }

    /// Charges all lines of a log, each to the operation that is given, or else to its own.
    fn tried(mut self, log: impl BufRead, only: Option<usize>) -> io::Result<TriedLimits> {
        let mut tried = TriedLimits {
            api: self.app.api.name.to_owned(),
            lines: 0,
            unread: 0,
            late: 0,
            requests: 0,
            unanswered: 0,
            without_user: 0,
            from: None,
            until: None,
            callers: 0,
            refused: 0,
            refused_callers: 0,
            policies: Vec::new(),
            untried: Vec::new(),
            by_role: Vec::new(),
            most_refused: Vec::new(),
        };
        let (mut lines, mut ordered) = (Lines::of(log), InOrder::new());
        while let Some(line) = lines.next()? {
            tried.lines += 1;
            let Some(line) = line.and_then(read) else {
                tried.unread += 1;
                continue;
            };
            let operation = only.or_else(|| self.operation(&line));
            let (user, is_unknown) = (line.user.map(Box::from), line.status == 401);
            ordered.add(line.at, Outcome { address: line.address, user, operation, is_unknown });
            while let Some((at, request)) = ordered.take(false) {
                self.charge(at, request, &mut tried);
            }
        }
        while let Some((at, request)) = ordered.take(true) {
            self.charge(at, request, &mut tried);
        }
        tried.late = ordered.late();
        Ok(self.told(tried))
    }

    /// Returns the operation that answers a line.
    fn operation(&self, line: &Line<'_>) -> Option<usize> {
        let verb = Verb::answering(&Method::from_bytes(line.method.as_bytes()).ok()?)?;
        let target: Uri = line.target.parse().ok()?;
        let below = self.app.settings.base_url.as_ref().map_or("", BaseUrl::path);
        // The log is that of a proxy, which takes the app's own path off, or of the app.
        let inside = target.path().strip_prefix(below).filter(|path| path.starts_with('/'));
        let paths = [inside, Some(target.path())];
        let found = |path| self.versions.iter().find_map(|paths| paths.at(path)?.0[verb.index()]);
        paths.into_iter().flatten().find_map(found)
    }

    fn charge(&mut self, at: u64, request: Outcome, tried: &mut TriedLimits) {
        let seconds = i64::try_from(at / 1_000_000_000).unwrap_or(i64::MAX);
        tried.requests += 1;
        tried.unanswered += u64::from(request.operation.is_none());
        tried.without_user += u64::from(request.user.is_none());
        tried.from.get_or_insert(seconds);
        tried.until = Some(seconds);
        self.trial.charge(at, request);
    }

    /// Adds what the limits came to.
    fn told(self, mut tried: TriedLimits) -> TriedLimits {
        let scale = self.app.settings.limit_scale;
        tried.policies = self.trial.rows().iter().map(|row| policy(row, scale)).collect();
        tried.untried = self.trial.untried().map(str::to_owned).collect();
        let is_called = |name: &String| {
            self.trial.rows().iter().any(|row| row.operation == name && row.requests > 0)
        };
        tried.by_role = self.by_role.iter().filter(|name| is_called(name)).cloned().collect();
        let callers = self.trial.callers();
        let mut refused: Vec<_> = callers.iter().filter(|(_, called)| called.refused > 0).collect();
        tried.callers = callers.len() as u64;
        tried.refused = refused.iter().map(|(_, called)| called.refused).sum();
        tried.refused_callers = refused.len() as u64;
        refused.sort_by_key(|(_, called)| Reverse(called.refused));
        let most = refused.into_iter().take(NAMED).map(|(caller, called)| RefusedCaller {
            caller: caller.to_string(),
            requests: called.requests,
            refused: called.refused,
        });
        tried.most_refused = most.collect();
        tried
    }
}

fn policy(row: &Row, scale: u32) -> TriedPolicy {
    let Spread { p50, p90, p99, most } = row.spread();
    let (callers, refused_callers) = row.callers();
    let (requests, refused) = (row.requests, row.refused);
    let mut limit = LimitModel::from(&row.limit);
    for count in [&mut limit.count, &mut limit.burst] {
        *count = count.saturating_mul(scale);
    }
    let (operation, policy) = (row.operation.to_owned(), row.policy.to_owned());
    TriedPolicy {
        operation,
        policy,
        limit,
        requests,
        callers,
        p50,
        p90,
        p99,
        most,
        refused,
        refused_callers,
    }
}

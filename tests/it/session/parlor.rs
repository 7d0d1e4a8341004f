//! A parlor that people enter by a session of their browser, or by a token.

use reqwest::Method;
use secure_api::{
    app::AppBuilder,
    clock::Clock,
    identity::Principal,
    ledger::Memory,
    prelude::*,
    session::{OpenSessions, Session, SessionError, SessionSettings, Sessions},
};

use crate::support::{
    Answer, TestServer,
    model::{Role, Version},
    server::START,
    token,
};

/// The URL that browsers find the parlor at.
pub(super) const HERE: &str = "https://parlor.example";
/// The issuer of those who sign in here.
pub(super) const HOUSE: &str = "https://parlor.example";
const GUESSES: Limit = Limit::per_address(16).per_minute();

/// A name and the password of everybody.
#[derive(Input)]
pub(super) struct Credentials {
    /// The name.
    #[input(max_len = 64)]
    name: String,
    /// The password.
    #[input(max_len = 64)]
    password: Secret<String>,
}

#[derive(Debug, ApiError)]
pub(super) enum EnterError {
    /// The name or the password is not right.
    #[problem(status = 422, title = "No Such Guest")]
    Unknown,
    /// The ledger.
    #[problem(transparent, from(SessionError))]
    Store(StoreError),
}

/// One session.
#[derive(Resource)]
#[view(SessionView, public, fields(id, label, is_current))]
pub(super) struct OneSession {
    id: String,
    label: Option<String>,
    is_current: bool,
}

/// The guest that is here.
#[derive(Resource)]
#[view(GuestView, public, fields(id, kind, methods))]
pub(super) struct Guest {
    id: String,
    kind: String,
    methods: Vec<String>,
}

fn guest(caller: &Caller<Role>) -> Guest {
    let identity = caller.identity();
    Guest {
        id: caller.id().as_str().to_owned(),
        kind: identity.kind().name().to_owned(),
        methods: identity.amr().map(str::to_owned).collect(),
    }
}

/// Lets somebody in.
#[put("/session", version = Version::V1.., public = "who enters is not known yet", credential, limit = GUESSES)]
async fn enter(
    Json(input): Json<Credentials>,
    sessions: Sessions,
) -> Result<NoContent, EnterError> {
    if input.password.expose() != "sesame" {
        return Err(EnterError::Unknown);
    }
    let guest = Principal::new(HOUSE, &*input.name).roles(["customer"]).amr(["pwd"]);
    sessions.begin_named(guest, "A browser").await?;
    Ok(NoContent)
}

/// Notes a second factor: the rights change, and the session with them.
#[put("/second-factor", version = Version::V1.., role = Role::Customer, by = Session)]
async fn second_factor(caller: Caller<Role>, sessions: Sessions) -> Result<NoContent, StoreError> {
    let guest = Principal::new(HOUSE, caller.subject()).roles(["customer"]).amr(["pwd", "otp"]);
    sessions.begin(guest).await?;
    Ok(NoContent)
}

/// Lets somebody out.
#[delete("/session", version = Version::V1.., role = Role::Customer)]
async fn leave(sessions: Sessions) -> Result<NoContent, StoreError> {
    sessions.end().await?;
    Ok(NoContent)
}

/// The public id of a session.
#[derive(Value, Clone)]
#[value(
    pattern = "^[A-Za-z0-9_-]{16}$",
    unowned = "the handler asks for the sessions of the caller alone"
)]
pub(super) struct SessionId(String);

/// Ends one session of the caller.
#[delete("/sessions/{session}", version = Version::V1.., role = Role::Customer)]
async fn end_one(
    session: Unowned<SessionId>,
    caller: Caller<Role>,
    sessions: Sessions,
) -> Result<NoContent, StoreError> {
    sessions.end_one(&caller, &session.0.0).await?;
    Ok(NoContent)
}

/// Ends the caller's other sessions.
#[delete("/other-sessions", version = Version::V1.., role = Role::Customer)]
async fn end_others(caller: Caller<Role>, sessions: Sessions) -> Result<NoContent, StoreError> {
    sessions.end_others(caller.id()).await?;
    Ok(NoContent)
}

/// Lists the caller's sessions.
#[get("/sessions", version = Version::V1.., role = Role::Customer, view = SessionView)]
async fn list_sessions(
    caller: Caller<Role>,
    open: OpenSessions,
) -> Result<Page<OneSession>, StoreError> {
    let all = open.list(&caller).await?;
    let shown = all.into_iter().map(|one| OneSession {
        id: one.id,
        label: one.label,
        is_current: one.is_current,
    });
    Ok(Page::new(shown.collect()))
}

/// Says who is here, by whatever they have.
#[get("/me", version = Version::V1.., role = Role::Customer, view = GuestView)]
async fn me(caller: Caller<Role>) -> Guest {
    guest(&caller)
}

/// Says the same to tokens alone.
#[get("/token", version = Version::V1.., role = Role::Customer, by = Bearer, view = GuestView)]
async fn by_token(caller: Caller<Role>) -> Guest {
    guest(&caller)
}

/// Changes something.
#[put("/wall", version = Version::V1.., role = Role::Customer)]
async fn paint() -> NoContent {
    NoContent
}

/// Takes what another site's form sends.
#[put("/door", version = Version::V1.., role = Role::Customer,
      allow(cross_site, reason = "the partner's page sends its form here"))]
async fn knock() -> NoContent {
    NoContent
}

/// The parlor.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(6000).per_minute(),
      allow(unused_role, unused_version, reason = "a parlor is for customers, from the first"),
      routes(enter, second_factor, leave, end_one, end_others, list_sessions, me, by_token, paint, knock))]
pub(super) struct Parlor;

/// The same without a way to begin a session.
#[api(roles = Role, versions = Version, limit = Limit::per_principal(600).per_minute(), by = Bearer,
      allow(unused_role, unused_version, reason = "a parlor is for customers, from the first"),
      routes(me, paint))]
pub(super) struct Porch;

pub(super) fn parlor(clock: &Clock) -> AppBuilder {
    Parlor::app()
        .tokens(token::issuer())
        .sessions(SessionSettings::new())
        .base_url(HERE)
        // Some tests let one address in more often than a minute admits.
        .limit_scale(4)
        .clock(clock.clone())
}

/// A parlor that runs, one machine of it.
pub(super) struct House {
    pub(super) server: TestServer,
}

/// The fields of a request, as a browser sends them.
pub(super) type Fields<'a> = &'a [(&'a str, &'a str)];

/// The field by which a browser tells a request of one's own page.
pub(super) const OWN: (&str, &str) = ("sec-fetch-site", "same-origin");

impl House {
    pub(super) async fn open() -> Self {
        let clock = Clock::manual(START);
        Self::on(&clock, parlor(&clock)).await
    }

    /// Opens one machine of those that share a ledger.
    pub(super) async fn sharing(clock: &Clock, ledger: &Memory) -> Self {
        let secret = secure_api::testing::secret!([7; 32]);
        Self::on(clock, parlor(clock).secret(secret).ledger(ledger.clone())).await
    }

    pub(super) async fn on(clock: &Clock, app: AppBuilder) -> Self {
        let app = app.build().expect("an app that starts");
        Self { server: TestServer::run(app, Default::default(), clock.clone()).await }
    }

    pub(super) async fn ask(&self, method: Method, path: &str, fields: Fields<'_>) -> Answer {
        let request = self.server.request(method, path);
        let with = |request: reqwest::RequestBuilder, (name, value): &(&str, &str)| {
            request.header(*name, *value)
        };
        Answer::of(fields.iter().fold(request, with)).await
    }

    /// Signs somebody in, with further fields.
    pub(super) async fn sign_in(&self, name: &str, password: &str, fields: Fields<'_>) -> Answer {
        let request = self.server.request(Method::PUT, "/v1/session");
        let with = |request: reqwest::RequestBuilder, (name, value): &(&str, &str)| {
            request.header(*name, *value)
        };
        let request = fields.iter().fold(request, with).header("content-type", "application/json");
        let body = serde_json::json!({ "name": name, "password": password });
        Answer::of(request.body(body.to_string())).await
    }

    /// Signs somebody in and returns the cookie, as a browser sends it back.
    pub(super) async fn cookie(&self, name: &str) -> String {
        cookie(&self.sign_in(name, "sesame", &[OWN]).await)
    }

    /// Returns the status of asking who is here.
    pub(super) async fn me(&self, cookie: &str) -> u16 {
        self.ask(Method::GET, "/v1/me", &[("cookie", cookie)]).await.status
    }
}

/// Returns the pair that a browser keeps of an answer.
#[track_caller]
pub(super) fn cookie(answer: &Answer) -> String {
    assert_eq!(answer.status, 204, "{answer:#?}");
    let (pair, _) = answer.header("set-cookie").split_once(';').expect("attributes");
    pair.to_owned()
}

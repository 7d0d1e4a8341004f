//! The modules of the facade: what an author of an API names or sees in a signature, a list for each concern. What only
//! generated code names is in `__private`.

/// API keys: making, listing, rotating and ending them, and the store that an app keeps them in.
///
/// An app implements [`ApiKeyStore`](api_key::ApiKeyStore) and states it by [`api_keys`](app::AppBuilder::api_keys); a handler takes
/// [`ApiKeys`](api_key::ApiKeys), a route admits them by `by = ApiKey`.
pub mod api_key {
    pub use secure_api_runtime::api_key::{
        ApiKey, ApiKeyError, ApiKeyList, ApiKeyRecord, ApiKeyStore, ApiKeys, Grant, Made,
    };
}

/// The app: everything that an API runs with, put together.
///
/// `#[api]` on `Shop` gives `Shop::app()`, an [`AppBuilder`](app::AppBuilder); its `build` tells all that is wrong, or gives the
/// [`App`](app::App), which serves.
pub mod app {
    pub use secure_api_runtime::app::{App, AppBuilder, ForwardedHeader, Serving};
}

/// The behavior of callers: who has less of its limits, and by what.
///
/// [`Behavior`](behavior::Behavior) is stated by [`behavior`](app::AppBuilder::behavior).
pub mod behavior {
    pub use secure_api_runtime::behavior::Behavior;
}

pub mod bounds;

/// Calls of other services, and webhooks.
///
/// An app declares an [`Upstream`](client::Upstream) by [`upstream`](app::AppBuilder::upstream), and a handler takes the
/// [`SafeClient`](client::SafeClient) of it.
#[cfg(feature = "client")]
pub mod client {
    pub use secure_api_runtime::client::{
        Outgoing, SafeClient, TokenExchange, Upstream, UpstreamError, Webhook, WebhookEvent,
        WebhookReceiver, WebhookSecret,
    };
}

/// Client certificates as credentials.
///
/// [`Certificates`](client_certificate::Certificates) says whose each is, and a route admits them by `by = Certificate`. `Tls::clients`
/// or a trusted proxy ([`proxies`](app::AppBuilder::proxies)) asks for them.
pub mod client_certificate {
    pub use secure_api_runtime::client_certificate::{Certificate, Certificates};
}

/// The clock that an app reads, so that a test can move it.
pub mod clock {
    pub use secure_api_runtime::clock::Clock;
}

/// The configuration of an app in text: a [`Config`](config::Config) is given to an app by [`config`](app::AppBuilder::config).
pub mod config {
    pub use secure_api_runtime::config::{
        Config, ConfigCheck, ConfigKey, EffectiveConfig, EffectiveSetting,
    };
}

/// The contract of an API: what it promised, kept as a file, and what changed of it.
///
/// [`diff`](contract::diff) compares two OpenAPI documents, whoever wrote them.
pub mod contract {
    pub use secure_api_runtime::contract::{
        Acceptance, Contract, ContractError, ContractRule, Finding, LOCK, MATRIX, Report, Severity,
        accept, check, diff, rules,
    };
}

/// The OpenAPI documents and their page.
///
/// [`Docs`](docs::Docs) decides if they are served; [`openapi_json`](docs::openapi_json) makes one for a file.
pub mod docs {
    pub use secure_api_runtime::docs::{Docs, Document, documents, openapi_json, openapi_json_3_2};
}

/// Access tokens that are bound to a key, with a proof of it (RFC 9449).
///
/// [`Dpop`](dpop::Dpop) is both: the settings that an app states by [`dpop`](app::AppBuilder::dpop), and the kind in `by = Dpop`.
pub mod dpop {
    pub use secure_api_runtime::dpop::Dpop;
}

/// Refusals: problem documents (RFC 9457), their types, and what an app cannot start for.
///
/// The error of a handler derives [`ApiError`](derive@crate::ApiError).
pub mod error {
    pub use secure_api_runtime::error::{
        ApiError, InvalidField, Problem, ProblemType, StartError, StartProblem, problem,
    };
}

/// The order of calls and the repetition of one: their bounds.
pub mod flow {
    pub use secure_api_runtime::flow::KEY_TTL;
}

/// Callers: who they are, the sources that know them, and what was revoked of them.
///
/// A handler takes [`Caller`](identity::Caller), and an object keeps its owner's [`CallerId`](identity::CallerId).
/// [`Source`](identity::Source) is for credentials of a kind of one's own.
pub mod identity {
    pub use secure_api_runtime::identity::{
        AccountStatus, Bearer, Caller, CallerId, ClientCertificate, Confirmation, Credential, Head,
        Holder, Identity, Kind, Principal, Refused, Revocations, Source, Standing,
    };
}

/// The content of requests: the arguments that it arrives in, and the functions that decode it without a request.
///
/// What arrives derives [`Input`](derive@crate::Input), and a handler takes it as [`Json`](input::Json), [`Patch`](input::Patch),
/// [`Form`](input::Form), [`Query`](input::Query), [`Headers`](input::Headers), [`Cookies`](input::Cookies) or
/// [`Upload`](input::Upload). A body without fields is a [`TextBody`](input::TextBody), a [`RawBody`](input::RawBody) or a
/// [`StreamedBody`](value::StreamedBody).
pub mod input {
    pub use secure_api_runtime::input::{
        Array, Cookies, FileKind, Form, FreeJson, FreeObject, Headers, Input, InvalidValue, Json,
        KIB, Leaf, MIB, Media, Nullable, Patch, Patched, Query, RawBody, Secret, TextBody, Upload,
        check_content_type, decode_body, decode_form, decode_patch, decode_query, decode_upload,
    };
}

/// The model of an API as plain data, and its tables.
///
/// `Shop::API.model()` gives the [`ApiModel`](inventory::ApiModel); [`App::inventory`](app::App::inventory) and
/// [`matrix`](inventory::matrix) are texts to keep in the repository.
pub mod inventory {
    pub use secure_api_runtime::inventory::{
        ANONYMOUS, AccessModel, AddressModel, AnswerModel, ApiModel, ArgumentModel, BetweenModel,
        ByModel, ClosedOperation, ClosingAct, ContentModel, CredentialModel, Deprecation,
        DocsSettings, DpopSettings, Exception, Expected, ExpectedOperation, FieldModel,
        GrantsModel, Hatch, HeaderModel, InheritedKey, IssuerKeys, IssuerSettings, LimitArm,
        LimitModel, LiveClient, LiveInventory, LiveOperation, LoggedOperation, LoggedTraffic,
        NamedSchema, ObjectModel, Operation, OthersObjects, PageModel, PlaceModel, Reference,
        Refusal, RefusedCaller, RoleModel, RulesModel, Schema, SchemaForm, Sees, Settable,
        Settings, SignInUrls, StepModel, StepUpModel, Successor, TriedLimits, TriedPolicy,
        UndeclaredPath, UpstreamSettings, UpstreamToken, VariantModel, VersionModel, ViewArm,
        ViewModel, Viewers, matrix, routes,
    };
}

/// The ledger: what an app remembers of its callers between requests, on one machine or on many.
///
/// [`Memory`](ledger::Memory) is that of one process. Machines share one that is stated by [`ledger`](app::AppBuilder::ledger):
/// `Redis`, behind the feature of that name, or what implements [`Ledger`](ledger::Ledger).
pub mod ledger {
    #[cfg(feature = "redis")]
    pub use secure_api_runtime::ledger::Redis;
    pub use secure_api_runtime::ledger::{
        Bound, Charge, Charged, Kept, Ledger, LedgerError, Measured, Memory, Name, Points, Record,
    };
}

/// Limits: the number of requests per window.
pub mod limit {
    pub use secure_api_runtime::limit::{
        Counted, Limit, LimitWithoutWindow, Outage, Unit, Windowed,
    };
}

/// The management listener: a second socket, for those who run the app.
///
/// [`Manage`](manage::Manage) is stated by [`manage`](app::AppBuilder::manage).
pub mod manage {
    pub use secure_api_runtime::manage::Manage;
}

/// Objects, and the proof that a caller may have them.
///
/// A type implements [`Object`](object::Object), mostly by `#[object]`; a handler takes [`Authorized`](object::Authorized) of what
/// its path names, [`Scoped`](object::Scoped) to list, and a half of the store, [`Reader`](object::Reader) or
/// [`Writer`](object::Writer).
pub mod object {
    pub use secure_api_runtime::object::{
        Action, Authorized, BelongsTo, Denied, Loading, Object, ObjectKey, Owned, Page, Paging,
        Position, Reader, Ref, Scoped, Store, StoreError, Unchecked, Unowned, Writer, Writing, to,
    };
}

/// The subscriber of the log, the audit stream, and the trace of a request.
pub mod observe {
    #[cfg(feature = "log")]
    pub use secure_api_runtime::observe::init;
    pub use secure_api_runtime::observe::{Audit, Trace};
}

/// Roles as sets.
pub mod role {
    pub use secure_api_runtime::role::{RoleSet, Roles};
}

/// The answers of handlers, and the arguments that belong to no other concern.
pub mod route {
    pub use secure_api_runtime::route::{
        Accepted, AcceptedAt, AcceptedWith, BodyExtractor, ByteStream, Created, CreatedWith, Csv,
        Download, DownloadKinds, Endpoint, Event, EventSender, Events, Exists, Extractor, Map,
        NoContent, PathKey, Performed, Permanent, RawBytes, Redirect, RequestContext,
        ResponseHeaders, Scalar, SeeOther, Service, Temporary, Text, WithHeaders,
    };
}

/// Secrets that an app is given, each with the place that it comes from.
///
/// [`SecretBytes`](secret::SecretBytes) are what shared keys, signers, and the secrets of an app, a client and a server come as.
pub mod secret {
    pub use secure_api_runtime::secret::SecretBytes;
}

/// The server: its address and its bounds.
///
/// [`App::serve`](app::App::serve) runs it; [`ServerSettings`](serve::ServerSettings) has each bound with its default.
pub mod serve {
    #[cfg(feature = "acme")]
    pub use secure_api_runtime::serve::Acme;
    pub use secure_api_runtime::serve::{
        BoundServer, Connection, ServerSettings, Transport, shutdown_signal,
    };
}

/// Sessions of browsers, by a cookie.
///
/// An app states [`SessionSettings`](session::SessionSettings) by [`sessions`](app::AppBuilder::sessions); a handler that signs in or
/// out takes [`Sessions`](session::Sessions), a route admits them by `by = Session`.
pub mod session {
    pub use secure_api_runtime::session::{
        OpenSession, OpenSessions, Session, SessionError, SessionSettings, Sessions,
    };
}

/// Statements of SQL that depend on the request, and into which no text of it can get: see the book's page on databases.
#[cfg(feature = "sqlx")]
pub mod sql {
    pub use secure_api_runtime::sql::{Direction, Statement};
}

/// The tests of an API: a client without a socket, and the arguments that a unit test calls a handler with.
#[cfg(feature = "testing")]
pub mod testing {
    pub use secure_api_runtime::testing::{
        Actor, Broken, Check, Client, Clock, JsonValue, ProblemDocument, Reply, Request, Untested,
        Verified, Verify, WrongPlace, at, authorized, caller, caller_id, client, contract,
        contract_in, created, issuer, issuer_named, items, json, loading, paging, reader,
        request_context, revocations, scoped, secret, service, unchecked, verify, writer,
    };
    #[cfg(feature = "client")]
    pub use secure_api_runtime::testing::{UpstreamCall, UpstreamStub};
}

/// Signing the app's own users in: passwords, one-time codes, and tokens that are renewed.
///
/// An app states [`SignIn`](sign_in::SignIn) by [`sign_in`](app::AppBuilder::sign_in); its handlers take
/// [`Passwords`](sign_in::Passwords), [`Codes`](sign_in::Codes) and [`Tokens`](sign_in::Tokens).
pub mod sign_in {
    pub use secure_api_runtime::sign_in::{
        Codes, Issued, OneTimeCode, Passwords, Renewal, SignIn, SignInError, TokenGrant, Tokens,
    };
}

/// Access tokens: whose are accepted, and making some.
///
/// An app states each [`Issuer`](token::Issuer) by [`tokens`](app::AppBuilder::tokens). [`Signer`](token::Signer) signs
/// [`Claims`](token::Claims), for a command or a test.
pub mod token {
    pub use secure_api_runtime::token::{Claims, Issuer, Key, SignError, Signer};
}

/// Typed values: each holds what its rules admit and nothing else.
pub mod value {
    pub use secure_api_runtime::value::{
        Currency, Date, Decimal, Email, Money, NumberText, PhoneNumber, PlainText, RichText,
        SafeFileName, SafePath, Slug, StreamedBody, Timestamp, UploadedFile, Uuid, WebUrl,
        is_public,
    };
}

/// The verbs of HTTP that an operation can have.
pub mod verb {
    pub use secure_api_runtime::verb::Verb;
}

/// Versions as a table.
pub mod version {
    pub use secure_api_runtime::version::{Brownout, Day, Versions};
}

/// Views of resources.
pub mod view {
    pub use secure_api_runtime::view::{MOST_ITEMS, Resource, View};
}

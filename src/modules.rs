//! The modules of the facade: what an author of an API names or sees in a signature, a list for each concern. What only
//! generated code names is in `__private`.

/// API keys: making, listing, rotating and ending them, and the store that an app keeps them in.
pub mod api_key {
    pub use secure_api_runtime::api_key::{
        ApiKey, ApiKeyError, ApiKeyList, ApiKeyRecord, ApiKeyStore, ApiKeys, Grant, Made,
    };
}

/// The app: everything that an API runs with, put together.
pub mod app {
    pub use secure_api_runtime::app::{App, AppBuilder, Serving};
}

/// The bounds that the compiler names where something is not what it has to be. Attributes and derives write their
/// implementations; the error says which of them does.
pub mod bounds {
    pub use secure_api_runtime::{
        app::{IsBuilt, Names, Unbuilt},
        error::Cause,
        input::Decode,
        object::{Below, OwnerField, TenantField},
        role::NotRoles,
        route::{
            Answer, Argument, NoView, NotRoute, NotShown, Nothing, Outcome, PathArgument,
            Projection, Says, Showing, Shown, ShownAs, handled,
        },
        serve::HostAndPort,
        verb::{
            ChangesPart, ChangesState, IsVerb, TakesBody,
            kind::{DeleteVerb, GetVerb, PatchVerb, PostVerb, PutVerb},
        },
        version::NotVersions,
        view::{Exposed, ExposedAs, ViewOf},
    };
}

/// Client certificates as credentials.
pub mod client_certificate {
    pub use secure_api_runtime::client_certificate::{Certificate, Certificates};
}

/// The clock that an app reads, so that a test can move it.
pub mod clock {
    pub use secure_api_runtime::clock::Clock;
}

/// The OpenAPI documents and their page.
pub mod docs {
    pub use secure_api_runtime::docs::{Docs, Document, documents, openapi_json};
}

/// Access tokens that are bound to a key, with a proof of it.
pub mod dpop {
    pub use secure_api_runtime::dpop::Dpop;
}

/// Refusals: problem documents, their types, and what an app cannot start for.
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
pub mod identity {
    pub use secure_api_runtime::identity::{
        AccountStatus, Bearer, Caller, CallerId, ClientCertificate, Confirmation, Credential, Head,
        Holder, Identity, Kind, Principal, Refused, Revocations, Source, Standing,
    };
}

/// The content of requests: the arguments that it arrives in, and the functions that decode it without a request.
pub mod input {
    pub use secure_api_runtime::input::{
        FileKind, Form, Input, InvalidValue, Json, KIB, Leaf, MIB, Media, Nullable, Patch, Patched,
        Query, Secret, Upload, check_content_type, decode_body, decode_form, decode_patch,
        decode_query, decode_upload,
    };
}

/// The model of an API as plain data, and its tables.
pub mod inventory {
    pub use secure_api_runtime::inventory::{
        ANONYMOUS, AccessModel, AnswerModel, ApiModel, ArgumentModel, BetweenModel, ByModel,
        ContentModel, CredentialModel, Deprecation, DocsSettings, DpopSettings, Exception,
        FieldModel, Hatch, InheritedKey, IssuerKeys, IssuerSettings, LimitArm, LimitModel,
        NamedSchema, ObjectModel, Operation, Reference, Refusal, RoleModel, RulesModel, Schema,
        SchemaForm, Sees, Settable, Settings, SignInUrls, StepModel, StepUpModel, Successor,
        VariantModel, VersionModel, ViewArm, ViewModel, Viewers, matrix, routes,
    };
}

/// The ledger: what an app remembers of its callers between requests, on one machine or on many.
pub mod ledger {
    pub use secure_api_runtime::ledger::{Kept, Ledger, LedgerError, Memory, Name, Record};
}

/// Limits: the number of requests per window.
pub mod limit {
    pub use secure_api_runtime::limit::{Count, Counted, Limit, Unit};
}

/// Objects, and the proof that a caller may have them.
pub mod object {
    pub use secure_api_runtime::object::{
        Action, Authorized, BelongsTo, Denied, Loading, Object, ObjectKey, Owned, Page, Paging,
        Position, Reader, Ref, Scoped, Store, StoreError, Unchecked, Unowned, Writer, Writing, to,
    };
}

/// Roles as sets.
pub mod role {
    pub use secure_api_runtime::role::{RoleSet, Roles};
}

/// The answers of handlers, and the arguments that belong to no other concern.
pub mod route {
    pub use secure_api_runtime::route::{
        Accepted, AcceptedAt, BodyExtractor, Created, Download, DownloadKinds, Endpoint, Extractor,
        NoContent, PathKey, Performed, RequestContext, Service,
    };
}

/// The server: its address and its bounds.
pub mod serve {
    pub use secure_api_runtime::serve::{
        BoundServer, Connection, ServerSettings, Transport, shutdown_signal,
    };
}

/// Sessions of browsers, by a cookie.
pub mod session {
    pub use secure_api_runtime::session::{
        OpenSession, OpenSessions, Session, SessionError, SessionSettings, Sessions,
    };
}

/// The tests of an API: a client without a socket, and the arguments that a unit test calls a handler with.
#[cfg(feature = "testing")]
pub mod testing {
    pub use secure_api_runtime::testing::{
        Actor, Client, Clock, ProblemDocument, Reply, Request, WrongPlace, at, authorized, caller,
        caller_id, client, created, issuer, issuer_named, items, json, loading, paging, reader,
        request_context, revocations, scoped, service, unchecked, writer,
    };
}

/// Signing the app's own users in: passwords, one-time codes, and tokens that are renewed.
pub mod sign_in {
    pub use secure_api_runtime::sign_in::{
        Codes, Issued, OneTimeCode, Passwords, Renewal, SignIn, SignInError, TokenGrant, Tokens,
    };
}

/// Access tokens: whose are accepted, and making some.
pub mod token {
    pub use secure_api_runtime::token::{Claims, Issuer, Key, SignError, Signer};
}

/// Typed values: each holds what its rules admit and nothing else.
pub mod value {
    #[cfg(feature = "html")]
    pub use secure_api_runtime::value::RichText;
    pub use secure_api_runtime::value::{
        Currency, Date, Decimal, Email, Money, PhoneNumber, PlainText, SafeFileName, SafePath,
        Slug, Timestamp, UploadedFile, Uuid, WebUrl, is_public,
    };
}

/// The verbs of HTTP that an operation can have.
pub mod verb {
    pub use secure_api_runtime::verb::Verb;
}

/// Versions as a table.
pub mod version {
    pub use secure_api_runtime::version::{Day, Versions};
}

/// Views of resources.
pub mod view {
    pub use secure_api_runtime::view::{MOST_ITEMS, Resource, View};
}

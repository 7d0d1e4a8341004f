//! One operation, as the macros describe it and the runtime runs it, in three rooms.
//!
//! `facts` are constants: all that is known of an operation when it is compiled. `call` is what a request does: the
//! arguments, the handler, the answer. `proof` is what the compiler asks of both. `api` lists operations. A room imports
//! only from those to its left: facts, call, api, proof.

mod api;
mod call;
mod facts;
mod proof;
pub(crate) mod segment;

pub use api::{Api, Listed, Listing, NotRoute, count, joined};
pub use call::{
    Accepted, AcceptedAt, AcceptedWith, Again, Answer, Answered, Argument, Arguments, Arms,
    BodyExtractor, ByteStream, Call, Collaborator, Context, Created, CreatedWith, Csv, Decoded,
    Download, DownloadKinds, Event, EventSender, Events, Exists, Extractor, Handed, HeaderFields,
    HeaderText, Load, Map, NamedInPath, NoContent, NoView, NotShown, Nothing, Outcome,
    PathArgument, PathKey, Performed, Permanent, Place, Probe, Projection, Proven, RawBytes,
    Redirect, RedirectStatus, RequestContext, ResponseHeaders, Run, Scalar, ScalarValue, SeeOther,
    Service, Showing, ShowingUnknown, Shown, ShownAs, State, Step, Temporary, Text, Unproven,
    WithHeaders, again, handled, one,
};
pub(crate) use call::{
    Apart, Condition, Conditions, Offers, PathParameters, Reading, etag, named, names_like, weight,
};
pub use facts::{
    Access, Allowed, AnswerInfo, ArgumentFacts, ArgumentInfo, BodyKinds, Content, Defaults,
    Deprecated, Endpoint, HeaderInfo, Inherited, Link, Module, Named, ObjectFacts, PageShape,
    RawFacts, RawForm, Route, RouteOptions, Says, SaysNothing, ShownTo, Unnamed, ViewUse,
    defaults_of,
};
pub use proof::{
    Mistakes, check_accepts, check_after, check_allowed, check_api, check_argument, check_arm,
    check_asks, check_authentication, check_body, check_body_limit, check_caller, check_counted,
    check_created, check_credential, check_header, check_if_match, check_instead, check_kinds,
    check_limit_arm, check_max_age, check_media_type, check_mine, check_module_versions,
    check_open, check_page, check_prefix_spelling, check_redirects, check_result, check_scopes,
    check_secret_parameter, check_spelling, check_stated, check_timeout, check_versions,
    check_within,
};

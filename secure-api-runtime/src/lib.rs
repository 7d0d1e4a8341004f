//! The runtime of `secure-api`.
//!
#![doc = include_str!("../README.md")]
//!
//! Each concern imports only from those to its left: error < metrics < observe < role < ledger < identity < token < version, verb,
//! limit, behavior, flow, input, value, view, object, api_key, session, sign_in, client < route < inventory < docs < contract < serve < manage < config < app, testing. `clock`, `shape`, `compose`,
//! `expiring`, `fingerprint`, `access_log`, `named_file`, `rendered`, `outbound` and `sql` are no concerns; they stand left of all.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod access_log;
pub mod api_key;
pub mod app;
mod base_url;
pub mod behavior;
#[cfg(feature = "client")]
pub mod client;
pub mod client_certificate;
pub mod clock;
mod compose;
pub mod config;
pub mod contract;
pub mod docs;
pub mod dpop;
pub mod error;
mod expiring;
mod fingerprint;
pub mod flow;
pub mod identity;
pub mod input;
pub mod inventory;
pub mod ledger;
pub mod limit;
pub mod manage;
#[cfg_attr(
    not(feature = "metrics"),
    allow(dead_code, reason = "only the text of metrics reads it")
)]
mod metrics;
mod named_file;
mod nearest;
pub mod object;
pub mod observe;
#[cfg(any(feature = "acme", feature = "client", feature = "discovery"))]
#[cfg_attr(
    not(all(feature = "client", feature = "discovery")),
    allow(dead_code, reason = "issuers and other services are asked by one part of it each")
)]
mod outbound;
mod proxies;
mod reason;
mod rendered;
pub mod role;
pub mod route;
pub mod secret;
pub mod serve;
pub mod session;
pub mod shape;
pub mod sign_in;
#[cfg(feature = "sqlx")]
pub mod sql;
#[cfg(feature = "testing")]
pub mod testing;
pub mod token;
pub mod value;
pub mod verb;
pub mod version;
pub mod view;
mod weakened;

/// The items that targets of fuzzing reach into: only `cargo fuzz` sets this, so no app and no document of it has them.
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod __fuzz {
    pub use crate::serve::proxied;
}

/// The items that generated code names; nothing else may name them.
#[doc(hidden)]
pub mod __private {
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[cfg(feature = "sqlx")]
    pub mod sqlx {
        pub use sqlx_core::{
            database::Database,
            decode::Decode,
            encode::{Encode, IsNull},
            error::BoxDynError,
            types::Type,
        };
    }

    pub use crate::{__value_column as value_column, __value_serde as value_serde};

    #[cfg(all(feature = "testing", debug_assertions))]
    pub mod testing {
        pub use crate::testing::doorway::*;
    }

    pub use crate::{
        app::{AppBuilder, listing},
        error::{ApiError, Cause, Problem, ProblemType, problem::INTERNAL},
        flow::{After, Flow, OperationName},
        identity::{Alternatives, By, Caller, CallerId, Credential},
        input::{
            Body, Contains, Contents, Decode, Decoding, Depth, Field, FileKind, Flat, Forms, Input,
            InvalidValue, Kinds, Leaf, Level, Nested, Node, Pattern, Range, RangeEnd, Reads, Rule,
            Rules, TaggedInput, Texts, TypeInfo, UntaggedInput, Variant, Within, check_active,
            check_apart, check_bounds, check_field, check_key_allowed, check_ordered, check_query,
            check_reads, check_reserved, check_rule, check_secret, check_secret_allowed,
            check_secret_segment, check_segment, check_settable, decode_choice, decode_fields,
            decode_tagged, decode_untagged, identity_of, media_types_of, parse_choice,
            serialize_held,
        },
        limit::{Limit, LimitUse, Outage},
        object::{
            Action, Below, Denied, Loading, Nearest, Nobodys, Object, ObjectKey, Owned, OwnerField,
            Reader, Store, StoreError, TenantField, Writing, authorized::Viewer, filled::is_owner,
            key::Mark, unstated::Unstated,
        },
        role::{RoleInfo, RoleSet, RoleTable, Roles, check_listed},
        route::{
            Access, Again, Allowed, Answer, AnswerInfo, Answered, Api, Argument, Arguments, Arms,
            BodyKinds, Call, Context, Defaults, Deprecated, Endpoint, Handed, HeaderFields,
            HeaderInfo, HeaderText, Inherited, Link, Listed, Listing, Mistakes, Module, Named,
            NoView, Outcome, PageShape, PathArgument, Probe, Projection, ResponseHeaders, Route,
            RouteOptions, Says, Service, Showing, ShowingUnknown, Shown, Step, again,
            check_accepts, check_after, check_allowed, check_api, check_argument, check_arm,
            check_asks, check_authentication, check_body, check_body_limit, check_caller,
            check_counted, check_created, check_credential, check_header, check_if_match,
            check_instead, check_kinds, check_limit_arm, check_max_age, check_media_type,
            check_mine, check_module_versions, check_open, check_page, check_prefix_spelling,
            check_redirects, check_result, check_scopes, check_secret_parameter, check_spelling,
            check_stated, check_timeout, check_versions, check_within, count, defaults_of, handled,
            joined, one,
        },
        shape::{ALL_VERSIONS, FieldException, FieldShape, ObjectShape, Shape},
        value::deserialize,
        verb::{
            Verb,
            kind::{
                DeleteVerb, DeleteVerbWithContent, GetVerb, PatchVerb, PostVerb, PutVerb, QueryVerb,
            },
        },
        version::{
            AddressForm, Brownout, Day, VersionInfo, VersionPlace, VersionPoint, VersionRange,
            VersionTable, Versions,
        },
        view::{
            Audience, Exposed, ExposedAs, Fields, Output, Resource, View, ViewField, ViewInfo,
            ViewOf, ViewValue, ViewVariant, ViewVariants, check_extends, check_max_items,
            check_names, check_nested, check_optional, check_plain, check_plain_allowed,
            check_proven, check_sensitive, computed_counts, computed_counts_as, computed_optional,
            computed_optional_as, computed_proven_as, computed_shape, computed_shape_as,
            computed_text,
        },
    };

    /// The fallbacks of questions that generated code asks a type: the names of these traits stand for nothing, and
    /// their constants lose against those of the type.
    pub mod unless {
        pub use crate::{
            role::NotRoles as _,
            route::{
                Collaborator as _, NotRoute as _, NotShown as _, SaysNothing as _, Unnamed as _,
                Unproven as _,
            },
            version::NotVersions as _,
        };
    }
}

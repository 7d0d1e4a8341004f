//! The items that an API is written with: `use secure_api::prelude::*;`.
//!
//! It exports derives without traits of the same name, so that it never collides with another prelude.

pub use std::time::Duration;

// Without the feature `html` it is a name that says so.
#[doc(no_inline)]
pub use secure_api_runtime::value::RichText;
#[doc(no_inline)]
pub use secure_api_runtime::{
    api_key::{ApiKey, ApiKeyList, ApiKeys},
    client_certificate::Certificate,
    clock::Clock,
    docs::Docs,
    dpop::Dpop,
    error::StartError,
    identity::{Bearer, Caller, CallerId, Revocations},
    input::{
        Array, Cookies, FileKind, Form, FreeJson, FreeObject, Headers, InvalidValue, Json, KIB,
        MIB, Nullable, Patch, Patched, Query, RawBody, Secret, TextBody, Upload,
    },
    limit::Limit,
    object::{
        Action, Authorized, BelongsTo, Denied, Loading, Object, Owned, Page, Paging, Reader, Ref,
        Scoped, Store, StoreError, Unchecked, Unowned, Writer, Writing,
    },
    route::{
        Accepted, AcceptedAt, AcceptedWith, ByteStream, Created, CreatedWith, Csv, Download,
        DownloadKinds, Event, Events, Exists, Map, NoContent, Performed, RawBytes, Redirect,
        RequestContext, Scalar, Service, Text, WithHeaders,
    },
    secret::SecretBytes,
    session::{OpenSessions, Session, Sessions},
    sign_in::{Codes, Passwords, Tokens},
    token::{Issuer, Key},
    value::{
        Currency, Date, Decimal, Email, Money, NumberText, PhoneNumber, PlainText, SafeFileName,
        SafePath, Slug, StreamedBody, Timestamp, UploadedFile, Uuid, WebUrl,
    },
};

#[doc(no_inline)]
pub use crate::macros::{
    ApiError, Input, Resource, ResponseHeaders, Role, Value, Version, api, defaults, delete, get,
    object, patch, post, put, query, routes, view,
};

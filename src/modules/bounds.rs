//! The bounds that the compiler names where something is not what it has to be. Attributes and derives write their
//! implementations; the error says which of them does.

pub use secure_api_runtime::{
    app::{IsBuilt, Names, Unbuilt},
    error::Cause,
    input::{Body, Decode, ForeignJson},
    object::{Below, OwnerField, TenantField},
    role::NotRoles,
    route::{
        Answer, Argument, HeaderText, NoView, NotRoute, NotShown, Nothing, Outcome, PathArgument,
        Projection, Says, ScalarValue, Showing, Shown, ShownAs, handled,
    },
    secret::NamesOrigin,
    serve::HostAndPort,
    verb::{
        BeginsSessions, ChangesPart, ChangesState, IsVerb, MakesKeys, SignsIn, TakesBody,
        kind::{
            DeleteVerb, DeleteVerbWithContent, GetVerb, PatchVerb, PostVerb, PutVerb, QueryVerb,
        },
    },
    version::NotVersions,
    view::{Exposed, ExposedAs, ViewOf},
};

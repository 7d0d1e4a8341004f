//! The API keys of an app, for the handlers that make and end them, and for those that list them.

use std::any::{TypeId, type_name};

use super::{Argument, Decoded, Handed, Service};
use crate::{
    api_key::{ApiKeyList, ApiKeyStore, ApiKeys},
    error::Problem,
    identity::Revocations,
    route::{
        call::{Apart, Context},
        facts::ArgumentInfo,
    },
    verb::MakesKeys,
};

impl<V: MakesKeys, S: ApiKeyStore> Argument<V> for ApiKeys<S> {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::ApiKeys(TypeId::of::<Apart<Self>>(), type_name::<Self>())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        let revocations = context.argument::<Revocations>()?.of(&context.begun);
        Ok(Decoded::now(context.argument::<Self>()?.of(revocations)))
    }
}

impl<V, S: ApiKeyStore> Argument<V> for ApiKeyList<S> {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::ApiKeyList(TypeId::of::<Apart<ApiKeys<S>>>(), type_name::<ApiKeys<S>>())
    }

    fn decode(context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Self::from(context.argument::<ApiKeys<S>>()?)))
    }
}

/// The answer for API keys: as a service each verb could make some.
impl<S: ApiKeyStore> Handed<Service<ApiKeys<S>>> {
    /// `true`: it is a store.
    pub const STORE: bool = true;
}

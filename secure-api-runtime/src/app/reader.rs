//! The operation that reads at a place, as the conditions of a change ask it.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, header};

use super::{admission::admit, operation::Operation};
use crate::{
    input::{Drafts, Parameters},
    ledger::Begun,
    limit::Slots,
    route::{Condition, Conditions, Context, Run},
};

impl Operation {
    /// Lets a request wait for the conditions that it states. A read evaluates them by the representation that it
    /// shows, and a route with `if_match` by the one that it names. Any other change asks the operation that reads at its
    /// place.
    pub(super) fn waits_for(
        &self,
        conditions: Conditions,
        reader: Option<&Self>,
        context: &mut Context,
    ) {
        context.conditions = conditions;
        if !self.route.verb.is_safe() && !self.route.if_match {
            let reading = match reader {
                Some(reader) => reader.reading(context),
                None => Err("no GET is at the path, or none any more"),
            };
            context.condition = Some(Condition::of(reading));
        }
    }

    /// Returns how the caller of another operation of this place would read it, or the reason for which nobody can say:
    /// it may not, a step comes first, or what is read is not in a change.
    fn reading(&self, context: &Context) -> Result<(Run, Context), &'static str> {
        let identity = context.identity.clone();
        let admits = |identity| self.admits.admit(identity);
        let clock = context.state.clock();
        if admit(self, identity.as_deref(), clock).is_err()
            || !identity.as_deref().is_none_or(admits)
        {
            return Err("the caller may not call the GET at the path");
        }
        if self.route.flow.is_stated() {
            return Err("a step comes before the GET at the path");
        }
        if self.keeps_parts {
            return Err("the GET at the path takes an extractor, and a change is another request");
        }
        let reading = Context {
            route: self.route,
            version: self.version,
            version_index: self.version_index,
            state: Arc::clone(&context.state),
            identity,
            begun: Begun::never(),
            parameters: context.parameters.clone(),
            query: Parameters::default(),
            asked: None,
            page: (None, None),
            only: None,
            headers: authorization(&context.headers),
            is_head: false,
            body: Bytes::new(),
            slots: Slots::default(),
            // The change was counted, and this is a part of it.
            counted: None,
            tried: None,
            spooled: None,
            drafts: Drafts::default(),
            request_id: context.request_id,
            trace: context.trace.clone(),
            #[cfg(feature = "client")]
            until: context.until,
            client: context.client,
            parts: None,
            attempt: None,
            passage: None,
            conditions: Conditions::default(),
            cookie: None,
            condition: None,
        };
        Ok((self.run, reading))
    }
}

/// Returns the credentials of a request without anything else of it: what the GET asks of others, it asks for the same caller.
fn authorization(headers: &HeaderMap) -> HeaderMap {
    let value = headers.get(header::AUTHORIZATION).cloned();
    value.map(|value| (header::AUTHORIZATION, value)).into_iter().collect()
}

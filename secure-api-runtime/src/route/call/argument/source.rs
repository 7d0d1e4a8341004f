//! An input as an argument: decoded, and where it refers to objects, decoded again once those are there.

use std::{
    any::{Any, TypeId},
    mem,
    sync::Arc,
};

use bytes::Bytes;

use super::{Decoded, known};
use crate::{
    error::{Problem, problem},
    identity::Identity,
    input::{AllWanted, Body, Lookup, Node, Parameters, Parts, Read, References, Sent, read},
    limit::Notes,
    role::RoleSet,
    route::call::{Context, State},
};

/// The part of a request that an input is decoded from.
pub(super) enum Source {
    /// A JSON body.
    Json(Bytes),
    /// A merge patch.
    Patch(Bytes),
    /// The body of a form.
    Form(Bytes),
    /// The parameters of a query.
    Query(Parameters),
    /// The parts of an upload.
    Upload(Parts),
    /// Header fields.
    Headers(Node<'static>),
    /// Cookies.
    Cookies(Node<'static>),
}

impl Source {
    /// Decodes an input. The objects that it refers to are looked up when the argument is resolved.
    pub(super) fn decode<T: Body + Send + 'static, A: 'static>(
        self,
        context: &mut Context,
        argument: fn(T) -> A,
    ) -> Result<Decoded<A>, Problem> {
        let again = self.again::<T>();
        let held = context.held();
        // Limits count what was sent, and not once more what is read again.
        let counted = context.counted.as_deref_mut();
        let mut notes = counted.map(|counted| mem::take(&mut counted.notes));
        let read = self.read(References::Wanted(AllWanted::new()), held, &mut notes)?;
        if let (Some(counted), Some(notes)) = (context.counted.as_deref_mut(), notes) {
            counted.notes = notes;
        }
        let wanted = match read {
            Read::Whole(input) => return Ok(Decoded::now(argument(input))),
            Read::Refers(wanted) => wanted,
        };
        let Some(again) = again else {
            return Err(Problem::new(&problem::INTERNAL)
                .because("an input refers to something that its fields do not tell of"));
        };
        let request =
            Request { identity: context.identity.clone(), state: Arc::clone(&context.state) };
        Ok(Decoded::later(async move {
            let found = References::look_up(wanted, &request).await?;
            again.read(found, held, &mut None)?.whole().map(argument)
        }))
    }

    /// Returns the same for a second time, where there may be one. Copies of a body share its bytes; of a query, an upload and the
    /// head of a request the fields say if they refer to something, or may have fields that do.
    fn again<T: Body>(&self) -> Option<Self> {
        let refers = || {
            let mut fields = T::READS.fields().iter();
            fields.any(|field| field.ty.refers.is_some() || field.holds_others())
        };
        match self {
            Self::Json(body) => Some(Self::Json(body.clone())),
            Self::Patch(body) => Some(Self::Patch(body.clone())),
            Self::Form(body) => Some(Self::Form(body.clone())),
            Self::Query(parameters) => refers().then(|| Self::Query(parameters.clone())),
            Self::Upload(parts) => refers().then(|| Self::Upload(parts.clone())),
            Self::Headers(node) => refers().then(|| Self::Headers(node.clone())),
            Self::Cookies(node) => refers().then(|| Self::Cookies(node.clone())),
        }
    }

    fn read<T: Body>(
        self,
        references: References,
        held: RoleSet,
        notes: &mut Option<Notes>,
    ) -> Result<Read<T>, Problem> {
        match self {
            Self::Json(body) => read(Sent::Json(&body), references, held, notes),
            Self::Patch(body) => read(Sent::Patch(&body), references, held, notes),
            Self::Form(body) => read(Sent::Form(&body), references, held, notes),
            Self::Query(parameters) => read(Sent::Query(parameters), references, held, notes),
            Self::Upload(parts) => read(Sent::Upload(parts), references, held, notes),
            Self::Headers(node) => read(Sent::Headers(node), references, held, notes),
            Self::Cookies(node) => read(Sent::Cookies(node), references, held, notes),
        }
    }
}

/// The part of a request that objects are looked up with.
struct Request {
    identity: Option<Arc<Identity>>,
    state: Arc<State>,
}

impl Lookup for Request {
    fn identity(&self) -> Result<&Arc<Identity>, Problem> {
        known(self.identity.as_ref())
    }

    fn store(&self, type_id: TypeId) -> Option<Arc<dyn Any + Send + Sync>> {
        self.state.store_of(type_id)
    }
}

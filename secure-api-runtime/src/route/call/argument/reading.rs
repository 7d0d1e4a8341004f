//! An input as an argument: read, and where it refers to objects, read again once those are there.

use std::{
    any::{Any, TypeId},
    sync::Arc,
};

use super::{Context, Resolving};
use crate::{
    error::{Problem, problem},
    input::{Input, Lookup, Parameters, Parts, Read, References, Sent, Wanted, read},
    token::Identity,
};

/// Where an input is read from.
pub(super) enum Source {
    /// A JSON body.
    Json,
    /// A merge patch.
    Patch,
    /// The body of a form.
    Form,
    /// The parameters of a query.
    Query(Parameters),
    /// The parts of an upload.
    Upload(Parts),
}

impl Source {
    fn sent(self, context: &Context) -> Sent<'_> {
        match self {
            Self::Json => Sent::Json(&context.body),
            Self::Patch => Sent::Patch(&context.body),
            Self::Form => Sent::Form(&context.body),
            Self::Query(parameters) => Sent::Query(parameters),
            Self::Upload(parts) => Sent::Upload(parts),
        }
    }

    /// The same for a second reading, where there may be one. A body is still there; of a query and an upload, which have
    /// one level, the fields say if they refer to something.
    fn again<T: Input>(&self) -> Option<Self> {
        let refers = || T::FIELDS.iter().any(|field| field.ty.refers.is_some());
        match self {
            Self::Json => Some(Self::Json),
            Self::Patch => Some(Self::Patch),
            Self::Form => Some(Self::Form),
            Self::Query(parameters) => refers().then(|| Self::Query(parameters.clone())),
            Self::Upload(parts) => refers().then(|| Self::Upload(parts.clone())),
        }
    }
}

/// An input after its first reading.
pub enum Reading<T> {
    /// All of it.
    Whole(T),
    /// The objects that it refers to, and where to read it again.
    #[doc(hidden)]
    Refers(Again),
}

/// What a second reading needs.
#[doc(hidden)]
pub struct Again {
    source: Option<Source>,
    wanted: Vec<Wanted>,
}

impl<T: Input + Send + 'static> Reading<T> {
    /// Reads an input, and notes what has to be looked up.
    pub(super) fn first(source: Source, context: &Context) -> Result<Self, Problem> {
        let again = source.again::<T>();
        Ok(match read(source.sent(context), References::Wanted(Vec::new()))? {
            Read::Whole(input) => Self::Whole(input),
            Read::Refers(wanted) => Self::Refers(Again { source: again, wanted }),
        })
    }

    /// Looks up what it refers to, and reads it with that.
    pub(super) fn resolve<A>(self, context: &Context, wrap: fn(T) -> A) -> Resolving<'_, A>
    where
        A: 'static,
    {
        match self {
            Self::Whole(input) => Resolving::now(Ok(wrap(input))),
            Self::Refers(Again { source, wanted }) => Resolving::later(async move {
                let Some(source) = source else {
                    return Err(Problem::new(&problem::INTERNAL)
                        .because("an input refers to something that its fields do not tell of"));
                };
                let found = References::look_up(wanted, context).await?;
                read(source.sent(context), found)?.whole().map(wrap)
            }),
        }
    }
}

impl Lookup for Context {
    fn identity(&self) -> Result<&Arc<Identity>, Problem> {
        self.identity()
    }

    fn store(&self, type_id: TypeId) -> Option<Arc<dyn Any + Send + Sync>> {
        self.state.of(type_id)
    }
}

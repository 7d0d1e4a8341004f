//! The arguments for the parameters of a path: the proof that the caller may act on the object that is named, or the
//! reason for which nobody has to be asked.

use std::{
    any::{TypeId, type_name},
    sync::Arc,
};

use super::{super::Context, Argument, Decoded, of_object};
use crate::{
    error::{ApiError, Problem, problem, stage},
    identity::{Caller, Identity},
    input::{Leaf, is_text_of},
    object::{Action, Authorized, Loading, Nobodys, Object, Reader, Unowned},
    route::facts::{ArgumentFacts, ArgumentInfo},
    verb::IsVerb,
};

/// An argument of a handler of verb `V` for a parameter of its path.
#[diagnostic::on_unimplemented(
    message = "SA113: `{Self}` proves nothing about what the path names",
    label = "a path parameter without its proof",
    note = "take `Authorized<T>` for an object that belongs to somebody, or `Unowned<K>` for what belongs to nobody"
)]
pub trait PathArgument<V>: Sized + Send {
    /// The type that the parameter's text is decoded as.
    #[doc(hidden)]
    type Key: Leaf;

    /// The object that it proves, or [`Nobodys`].
    #[doc(hidden)]
    type Proves;

    /// The facts that the compiler checks.
    #[doc(hidden)]
    const FACTS: ArgumentFacts;

    /// Describes it for documents and the checks at start.
    #[doc(hidden)]
    fn describe() -> ArgumentInfo;

    /// Decodes it from the parameter at a place of the path. The whole path names what this parameter names if it
    /// `ends` with it.
    #[doc(hidden)]
    fn decode(context: &Context, place: usize, ends: bool) -> Result<Decoded<Self>, Problem>;

    /// Returns the proved object.
    #[doc(hidden)]
    fn proven(&self) -> &Self::Proves;
}

impl Context {
    /// Reads the path parameter at a place. What cannot be a key names nothing.
    fn path_key<K: Leaf>(&self, place: usize) -> Result<K, Problem> {
        let text = self.parameters.get(place);
        // A key has one text, so that nobody who looks at paths sees two objects, or none, where there is one.
        let read = |text| {
            K::parse(text)
                .ok()
                .filter(|key| is_text_of(key, text) || crate::weakened::is("key-form"))
        };
        let Some(key) = text.and_then(read) else {
            return Err(
                Problem::new(&problem::NOT_FOUND).because("the path's key is not well-formed")
            );
        };
        if let Some(passage) = &self.passage {
            passage.parameter(place, key.to_text());
        }
        Ok(key)
    }
}

/// Loads an object and asks its rule. "Not yours" and "does not exist" are the same answer.
pub(in crate::route::call) async fn loaded<T: Object>(
    store: &Reader<T::Store>,
    key: T::Key,
    identity: &Arc<Identity>,
    action: Action,
) -> Result<Authorized<T>, Problem> {
    let loading = Loading::new(Caller::new(Arc::clone(identity)));
    let object = T::load(store, key, &loading).await.map_err(ApiError::into_problem)?;
    let Some(object) = object else {
        return Err(Problem::new(&problem::NOT_FOUND).because("the object does not exist"));
    };
    Authorized::prove(object, identity, action).map_err(|refused| {
        Problem::new(if crate::weakened::is("existence") {
            &problem::FORBIDDEN
        } else {
            &problem::NOT_FOUND
        })
        .at(stage::OBJECTS)
        .event("authz_fail")
        .because(refused.told(type_name::<T>()))
    })
}

impl<V: IsVerb, T: Object> PathArgument<V> for Authorized<T> {
    type Key = T::Key;
    type Proves = T;
    const FACTS: ArgumentFacts =
        ArgumentFacts { texts: Some(T::Key::TEXTS), ..of_object::<T>(true) };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Object {
            name: type_name::<T>(),
            key: T::Key::shape(),
            store: (TypeId::of::<T::Store>(), type_name::<T::Store>()),
        }
    }

    fn decode(context: &Context, place: usize, ends: bool) -> Result<Decoded<Self>, Problem> {
        let key = context.path_key(place)?;
        let identity = Arc::clone(context.identity()?);
        let store = Reader::new(context.store::<T::Store>()?);
        let action = if ends { Action::of(V::VERB) } else { Action::above(V::VERB) };
        Ok(Decoded::later(async move { loaded(&store, key, &identity, action).await }))
    }

    fn proven(&self) -> &T {
        self
    }
}

impl<V: IsVerb, K: Leaf> PathArgument<V> for Unowned<K> {
    type Key = K;
    type Proves = Nobodys;
    const FACTS: ArgumentFacts = ArgumentFacts {
        texts: Some(K::TEXTS),
        reasoned: K::UNOWNED.is_some() && K::TEXTS.are_segments(),
        ..ArgumentFacts::PLAIN
    };

    fn describe() -> ArgumentInfo {
        ArgumentInfo::Unowned { key: K::shape(), reason: K::UNOWNED.unwrap_or_default() }
    }

    fn decode(context: &Context, place: usize, _ends: bool) -> Result<Decoded<Self>, Problem> {
        Ok(Decoded::now(Self(context.path_key(place)?)))
    }

    fn proven(&self) -> &Nobodys {
        &Nobodys
    }
}

/// The argument's name is that of a parameter of the path. Nothing has this: an argument that is bound by
/// the path is asked to be a [`PathArgument`] instead.
#[diagnostic::on_unimplemented(
    message = "SA009: no parameter of the path has this argument's name",
    label = "bound by nothing",
    note = "write `{{name}}` into the path for an argument called `name`, or rename the argument"
)]
pub trait NamedInPath {}

impl<V, T: Object + NamedInPath> Argument<V> for Authorized<T> {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Caller
    }

    fn decode(_context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Err(Problem::new(&problem::INTERNAL))
    }
}

impl<V, K: Leaf + NamedInPath> Argument<V> for Unowned<K> {
    fn describe() -> ArgumentInfo {
        ArgumentInfo::Caller
    }

    fn decode(_context: &mut Context) -> Result<Decoded<Self>, Problem> {
        Err(Problem::new(&problem::INTERNAL))
    }
}

//! An object that a body or a query names by its key, loaded and permitted before the handler sees it.

use std::{
    any::{TypeId, type_name},
    fmt,
    marker::PhantomData,
    ops::Deref,
    sync::Arc,
};

use super::{Action, Authorized, Loading, Object, Reader, describe, unregistered};
use crate::{
    error::ApiError,
    identity::Caller,
    input::{
        Contains, Contents, Decode, Decoding, Depth, Leaf, LookedUp, Lookup, Node, NotFound,
        Referred, Rules, TypeInfo, Wanted,
    },
    role::Roles,
    shape::{Further, Shape},
};

/// The actions of a handler on an object that an input refers to: the second parameter of [`Ref`].
pub mod to {
    use super::Action;

    /// An action that the caller needs permission for.
    pub trait To: Send + Sync + 'static {
        /// The action that the object's rule is asked about.
        #[doc(hidden)]
        const ACTION: Action;
        /// The action in words.
        #[doc(hidden)]
        const NAME: &'static str;
    }

    macro_rules! actions {
        ($($name:ident $text:literal,)*) => {$(
            #[doc = concat!("Asks the rule about [`Action::", stringify!($name), "`].")]
            #[derive(Debug, Clone, Copy)]
            pub enum $name {}

            impl To for $name {
                const ACTION: Action = Action::$name;
                const NAME: &'static str = $text;
            }
        )*};
    }

    actions! { Read "read", Update "update", Delete "delete", }
}

/// A field of an input that names an object by its key: in JSON the key, in the handler the object, with the proof that
/// its rule permits the caller to read it. Whoever means to do more says so: `Ref<Order, to::Update>`.
///
/// All objects of an input are looked up once the whole input is well-formed, and before the handler runs. An object that
/// does not exist and one that the caller may not use are the same mistake, 422 at the field's pointer, or 400 for a
/// parameter of a query. One key that stands several times is loaded once. A `Vec` of references has its bound by `items`,
/// which bounds the number of lookups too.
///
/// A route with a reference needs a caller: a public one does not compile.
///
/// ```
/// # mod app {
/// # use secure_api::prelude::*;
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
/// # #[derive(Value, Clone, Copy, PartialEq)] #[value(key)] pub struct NoteId(uuid::Uuid);
/// # pub struct Db;
/// # impl Store for Db {
/// #     type Read = Self; type Write = Self;
/// #     fn reader(&self) -> &Self { self }
/// #     fn writer(&self, _: &Writing) -> &Self { self }
/// # }
/// # pub struct Note { owner: CallerId, text: String }
/// # impl Object for Note {
/// #     type Key = NoteId; type Store = Db; type Roles = Role; type Scope = ();
/// #     async fn load(_: &Reader<Db>, _: NoteId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> { Ok(None) }
/// #     fn permits(&self, caller: &Caller<Role>, _: Action) -> bool { self.owner == *caller.id() }
/// #     fn scope(_: &Caller<Role>) {}
/// # }
/// #[derive(Input)]
/// pub struct Mail {
///     /// The note that is sent.
///     note: Ref<Note>,
///     /// Notes that come with it.
///     #[input(items = 0..=5)]
///     attached: Vec<Ref<Note>>,
/// }
///
/// /// Mails notes.
/// #[post("/mails", version = Version::V1.., role = Role::Member)]
/// pub async fn mail(Json(mail): Json<Mail>) -> Accepted {
///     let length: usize = mail.attached.iter().map(|note| note.text.len()).sum();
///     assert!(length + mail.note.text.len() < 1_000_000);
///     Accepted
/// }
/// # }
/// ```
pub struct Ref<T, A = to::Read> {
    object: Arc<Authorized<T>>,
    /// The text of the key.
    key: Arc<str>,
    action: PhantomData<fn() -> A>,
}

impl<T, A> Ref<T, A> {
    /// Creates a reference to an object that was permitted.
    fn new(object: Arc<Authorized<T>>, key: Arc<str>) -> Self {
        Self { object, key, action: PhantomData }
    }
}

impl<T, A> Deref for Ref<T, A> {
    type Target = Authorized<T>;

    fn deref(&self) -> &Authorized<T> {
        &self.object
    }
}

impl<T, A> Clone for Ref<T, A> {
    fn clone(&self) -> Self {
        Self::new(Arc::clone(&self.object), Arc::clone(&self.key))
    }
}

impl<T: fmt::Debug, A> fmt::Debug for Ref<T, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Ref").field(&**self.object).finish()
    }
}

impl<T: Object, A: to::To> Contains for Ref<T, A> {
    const CONTENTS: Contents = Contents::reference(T::Roles::TABLE);
}

impl<T: Object, A: to::To> Decode for Ref<T, A> {
    const TYPE: TypeInfo = TypeInfo::bounded(|_| shape::<T, A>())
        .being(<T::Key as Decode>::TYPE.kinds)
        .referring(&Referred {
            name: type_name::<T>,
            action: A::NAME,
            store: || (TypeId::of::<T::Store>(), type_name::<T::Store>()),
            tenanted: T::TENANT.is_some(),
            describe: describe::<T>,
        });

    type Contents<D: Depth> = Self;

    fn decode(node: Node<'_>, _rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
        let key = T::Key::decode(node, &Rules::NONE, decoding)?;
        let text = key.to_text();
        let named = Arc::from(text.as_str());
        let wanted = Wanted::new(TypeId::of::<Self>(), text, move |lookup: &dyn Lookup| {
            Box::pin(look_up::<T>(key, A::ACTION, lookup))
        });
        decoding.refer(wanted)?.downcast().ok().map(|object| Self::new(object, named))
    }

    fn identity(&self) -> Option<String> {
        Some(self.key.to_string())
    }
}

/// Returns the JSON form of a reference: its key's, and what the key is of.
fn shape<T: Object, A: to::To>() -> Shape {
    let name = type_name::<T>();
    let short = name[..name.find('<').unwrap_or(name.len())].rsplit("::").next();
    let refers = Some((short.unwrap_or(name), A::NAME));
    Shape::Ruled(Box::new(T::Key::shape()), Further { refers, ..Further::default() })
}

/// Loads an object and asks its rule, as for a parameter of a path.
async fn look_up<T: Object>(key: T::Key, action: Action, lookup: &dyn Lookup) -> LookedUp {
    let identity = lookup.identity()?;
    let store = lookup.store(TypeId::of::<T::Store>());
    let store = store.and_then(|store| store.downcast::<T::Store>().ok());
    let store = store.ok_or_else(unregistered::<T::Store>)?;
    let loading = Loading::new(Caller::new(Arc::clone(identity)));
    let loaded = T::load(&Reader::new(store), key, &loading).await;
    let loaded = loaded.map_err(ApiError::into_problem)?;
    let Some(object) = loaded else {
        return Ok(Err(NotFound { why: "the object does not exist".to_owned(), denied: false }));
    };
    Ok(match Authorized::prove(object, identity, action) {
        Ok(proof) => Ok(Arc::new(proof)),
        Err(refused) => Err(NotFound { why: refused.told(type_name::<T>()), denied: true }),
    })
}

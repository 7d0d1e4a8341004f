//! Answers with a `Location`: a created resource, and the status of work that is done later. The address is built from
//! a route, never from a text.

use std::any::TypeId;

use http::{HeaderValue, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    super::{Context, PathKey},
    Answered, Arms, Shown,
    shown::one_created,
};
use crate::{
    error::{Problem, problem},
    rendered::Rendered,
    route::{
        facts::{Endpoint, Route},
        segment,
    },
    verb::Verb,
};

/// 201: something was created, and can be found at its `Location`, which is built from a route.
///
/// An object is created with the proof that its creator may create it, which
/// [`Authorized::create`](crate::object::Authorized::create) gives before anything is stored: `Created<Authorized<T>>`. A
/// bare object here does not compile.
///
/// ```
/// # mod app {
/// use secure_api::prelude::*;
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
/// # #[derive(Value, Clone, Copy)] #[value(key)] pub struct NoteId(uuid::Uuid);
/// # pub struct Db;
/// # impl Store for Db {
/// #     type Read = Self; type Write = Self;
/// #     fn reader(&self) -> &Self { self }
/// #     fn writer(&self, _: &Writing) -> &Self { self }
/// # }
/// # impl Db { fn insert(&self, _note: &Note) -> Result<(), StoreError> { Ok(()) } }
/// # #[derive(Resource)] #[view(NoteView, role = Role::Member, fields(text))]
/// # pub struct Note { id: NoteId, owner: CallerId, text: String }
/// # impl Object for Note {
/// #     type Key = NoteId; type Store = Db; type Roles = Role; type Scope = ();
/// #     async fn load(_: &Reader<Db>, _: NoteId, _: &Loading<Role>) -> Result<Option<Self>, StoreError> { Ok(None) }
/// #     fn permits(&self, caller: &Caller<Role>, _: Action) -> bool { self.owner == *caller.id() }
/// #     fn scope(_: &Caller<Role>) {}
/// # }
/// # #[derive(Input)] pub struct NewNote { #[input(text, max_len = 100)] text: String }
/// # #[get("/notes/{note}", version = Version::V1.., role = Role::Member, view = NoteView)]
/// # pub async fn get_note(note: Authorized<Note>) -> Authorized<Note> { note }
/// #[derive(ApiError)]
/// pub enum NoteError {
///     #[problem(transparent)]
///     Denied(Denied),
///     #[problem(transparent)]
///     Store(StoreError),
/// }
///
/// /// Writes a note.
/// #[post("/notes", version = Version::V1.., role = Role::Member, view = NoteView)]
/// pub async fn create_note(
///     db: Writer<Db>,
///     caller: Caller<Role>,
///     Json(body): Json<NewNote>,
/// ) -> Result<Created<Authorized<Note>>, NoteError> {
///     let id = NoteId::new(uuid::Uuid::new_v4());
///     let note = Note { id, owner: caller.id().clone(), text: body.text };
///     let note = Authorized::create(note, &caller)?;
///     db.insert(&note)?;
///     Ok(Created::at::<get_note>(note.id, note))
/// }
/// # }
/// ```
#[derive(Debug)]
pub struct Created<T> {
    pub(crate) resource: T,
    place: Place,
}

impl<T> Created<T> {
    /// Answers with a resource that was created, to be found at the route `E` under `key`:
    /// `Created::at::<get_order>(id, order)`.
    pub fn at<E: Endpoint<Key: PathKey>>(key: E::Key, resource: T) -> Self {
        Self { resource, place: Place::at::<E>(key) }
    }
}

/// The characters that are escaped in a path segment: all but the unreserved ones (RFC 3986, section 2.3).
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A route with the values of its path's parameters: an address that can only be one of this API.
#[derive(Debug)]
pub struct Place {
    route: &'static Route,
    segments: Vec<String>,
    /// The type of the last one.
    last: Option<TypeId>,
}

impl Place {
    pub(super) fn at<E: Endpoint<Key: PathKey>>(key: E::Key) -> Self {
        Self { route: E::ROUTE, segments: key.segments(), last: E::Key::last() }
    }

    /// Returns `true` if a GET is answered there.
    pub(super) fn is_read(&self) -> bool {
        matches!(self.route.verb, Verb::Get)
    }

    /// Adds this place to an answer, as its `Location`.
    ///
    /// The compiler sees that a route is none of the API's where a handler names it. A function that the handler calls is
    /// not read, so that is seen here.
    pub(super) fn of(&self, context: &Context, mut rendered: Rendered) -> Answered {
        if !context.state.has_operation(self.route) {
            let name = self.route.name;
            let why = format!("`{name}` is in no list of routes, so there is no address of it");
            return Err(Problem::new(&problem::INTERNAL).because(why));
        }
        let path = HeaderValue::from_str(&self.path(context)?)
            .map_err(|error| Problem::new(&problem::INTERNAL).because(error))?;
        rendered.field(header::LOCATION, path);
        Ok(rendered)
    }

    /// Returns the path with its parameters filled in, in the caller's version if the route is in it.
    fn path(&self, context: &Context) -> Result<String, Problem> {
        let Self { route, segments, .. } = self;
        // A preview may not be served, so a route that is released is named by a version that is.
        let newest = route.versions.newest_served().map_or(context.version, |(_, version)| version);
        let version =
            if route.versions.contains(context.version_index) { context.version } else { newest };
        /// Room for most paths with their parameters.
        const ROOM: usize = 128;

        let addresses = &route.versions.table().addresses;
        let mut path = String::with_capacity(ROOM);
        path.extend(addresses.prefix(version.segment));
        let encoded: Vec<String> =
            segments.iter().map(|value| utf8_percent_encode(value, SEGMENT).to_string()).collect();
        let mut values = encoded.iter().map(String::as_str);
        for segment in route.path_shape.split('/').skip(1) {
            path.push('/');
            match segment.contains("{}") {
                true => {
                    path.push_str(&segment::filled(segment, || values.next()).map_err(|_| {
                        let name = route.name;
                        let why = format!(
                            "a key is empty, or holds what stands behind it in the path of `{name}`"
                        );
                        Problem::new(&problem::INTERNAL).because(why)
                    })?)
                }
                false => path.push_str(segment),
            }
        }
        path.extend(addresses.query(version.segment));
        Ok(path)
    }
}

impl<S: Shown> Created<S> {
    /// Answers with it, where its rule lets the caller create it.
    pub(super) fn shown(self, context: &Context, arms: Arms<S>) -> Answered {
        let rendered = one_created(&self.resource, context, arms)?;
        if let (Some(passage), Some(of)) = (&context.passage, self.place.last)
            && let Some(key) = self.place.segments.last()
        {
            passage.creates(of, key);
        }
        self.place.of(context, rendered)
    }
}

/// 202: the work was taken on and is done later. Nothing says where to ask how far it is; [`Accepted::at`] does.
#[derive(Debug, Clone, Copy)]
pub struct Accepted;

impl Accepted {
    /// Answers that the work was taken on; the route `E` under `key` tells how far it is:
    /// `Accepted::at::<get_export>(id)`.
    pub fn at<E: Endpoint<Key: PathKey>>(key: E::Key) -> AcceptedAt {
        AcceptedAt { place: Place::at::<E>(key) }
    }
}

/// 202: the work was taken on, and its `Location` tells how far it is. Made by [`Accepted::at`].
///
/// ```
/// # mod app {
/// use secure_api::prelude::*;
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
/// # #[derive(Value)] #[value(text, max_len = 9, unowned = "an example is for everybody")] pub struct ExportId(String);
/// # #[derive(Resource)] #[view(ExportView, role = Role::Member, fields(done))]
/// # pub struct Export { done: bool }
///
/// /// Says how far an export is.
/// #[get("/exports/{id}", version = Version::V1.., role = Role::Member, view = ExportView)]
/// pub async fn get_export(id: Unowned<ExportId>) -> Option<Export> {
///     Some(Export { done: !id.0.as_str().is_empty() })
/// }
///
/// /// Begins an export.
/// #[post("/exports", version = Version::V1.., role = Role::Member)]
/// pub async fn export() -> Result<AcceptedAt, StoreError> {
///     Ok(Accepted::at::<get_export>(ExportId::new("7".to_owned())?))
/// }
/// # }
/// ```
#[derive(Debug)]
pub struct AcceptedAt {
    pub(super) place: Place,
}

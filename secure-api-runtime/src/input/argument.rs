//! The arguments of a handler that read an input, by how it is written.

/// A handler's argument: the JSON body of the request, decoded and within its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Json<T>(pub T);

/// A handler's argument: the query parameters of the request, decoded and within their bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Query<T>(pub T);

/// A handler's argument: header fields of the request, decoded and within their bounds.
///
/// A field is read from the header of its name, in which case means nothing and an underscore is a hyphen: `request_source` from
/// `Request-Source`. Another one is named by `#[input(name = "X-Source")]`. A header that is there twice is refused unless the field is a
/// list, whose items stand in one header or several, with commas between. Headers that the framework reads itself are no field's:
/// such a route does not compile.
///
/// ```
/// use secure_api::prelude::*;
/// # #[derive(Role)]
/// # enum Role { Member }
/// # #[derive(Version)]
/// # enum Version { V1 }
///
/// #[derive(Input)]
/// struct Source {
///     #[input(name = "X-Source", pattern = "^[a-z]{2,20}$")]
///     source: Option<String>,
/// }
///
/// /// Notes a visit.
/// #[post("/visits", version = Version::V1, role = Role::Member)]
/// async fn visit(Headers(from): Headers<Source>) -> Accepted {
///     assert!(from.source.is_none_or(|source| source.len() < 21));
///     Accepted
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headers<T>(pub T);

/// A handler's argument: cookies of the request, decoded and within their bounds.
///
/// A cookie has the name of its field, or that of `#[input(name = "…")]`. It is one value of visible ASCII, without quotes, and stands
/// once. A browser adds cookies to each request, whoever caused it: what changes something and comes with a cookie has to come from a page
/// of the app's own, as with a [session](crate::session::Session).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cookies<T>(pub T);

/// A handler's argument: the fields of a form (`application/x-www-form-urlencoded`), decoded and within their bounds.
///
/// A form of another site can be sent by a browser without being asked, and cookies go with it. An API that knows its
/// callers by their tokens is not harmed by that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form<T>(pub T);

/// A handler's argument: a merge patch (RFC 7396), decoded and within its bounds. Only PATCH takes it, sent as
/// `application/merge-patch+json` or `application/json`.
///
/// Each field of the input may be left out. An `Option` can be changed and not removed: null is refused for it. A
/// [`Patched`](super::Patched) can be removed too. A nested input is merged in the same way; a list is replaced as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patch<T>(pub T);

/// A handler's argument: an upload (`multipart/form-data`, RFC 7578), its texts and files decoded and within their bounds.
///
/// A file is an `UploadedFile`, with how large it may be and of which kinds; several are a `Vec` of them. The other fields
/// are read as those of a [`Form`]. Where the route states no `body_limit`, the body may be as large as all fields
/// together: the app's limit is for what has none of its own.
///
/// ```
/// use secure_api::prelude::*;
/// # #[derive(Role)]
/// # enum Role { Member }
/// # #[derive(Version)]
/// # enum Version { V1 }
///
/// #[derive(Input)]
/// struct NewPicture {
///     #[input(max_len = 80)]
///     title: String,
///     #[input(max_bytes = 5 * MIB, kinds = [FileKind::Png, FileKind::Jpeg])]
///     picture: UploadedFile,
/// }
///
/// /// Shows a picture to the others.
/// #[post("/pictures", version = Version::V1, role = Role::Member)]
/// async fn add_picture(Upload(new): Upload<NewPicture>) -> Accepted {
///     // `new.picture.persist(&folder).await` keeps it, under a name that the server makes.
///     assert!(matches!(new.picture.kind(), FileKind::Png | FileKind::Jpeg));
///     Accepted
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload<T>(pub T);

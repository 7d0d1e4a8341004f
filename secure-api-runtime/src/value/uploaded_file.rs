//! A file that somebody sent: its bytes and its kind, and how it is kept.

use std::{fmt, io, path::Path};

use bytes::Bytes;
use uuid::Uuid;

use super::{SafeFileName, folder::write, leaf::is_plain_line};
use crate::{
    input::{
        Decode, Decoding, Depth, Drafts, FileKind, FilePart, Leaf, Needs, Node, Pixels, Rules,
        TypeInfo,
    },
    shape::Shape,
};

/// A file of an [`Upload`](crate::input::Upload). It is not empty, not larger than its field allows, and of a kind that
/// its field names, by its own bytes.
///
/// Its name at its sender's is never a path: [`persist`](Self::persist) makes a name. What a sender says of its kind, by a
/// media type or an extension, is not believed; where it is something else than the bytes say, the file is refused.
///
/// ```
/// use secure_api::prelude::*;
///
/// #[derive(Input)]
/// struct Report {
///     #[input(max_bytes = 64 * KIB, kinds = [FileKind::PlainText])]
///     notes: UploadedFile,
///     #[input(items = 0..=4, each(max_bytes = 2 * MIB, kinds = [FileKind::Jpeg, FileKind::WebP]))]
///     photos: Vec<UploadedFile>,
/// }
///
/// # let media_type = "multipart/form-data; boundary=x";
/// # let body = "--x\r\nContent-Disposition: form-data; name=\"notes\"; filename=\"a.txt\"\r\n\r\nTwo cups.\r\n--x--\r\n";
/// let report: Report = secure_api::input::decode_upload(media_type, body).map_err(|_| "refused")?;
/// assert_eq!(report.notes.bytes(), b"Two cups.");
/// assert_eq!(report.notes.kind(), FileKind::PlainText);
/// # Ok::<_, &str>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct UploadedFile {
    bytes: Bytes,
    kind: FileKind,
    pixels: Pixels,
    name: Option<SafeFileName>,
    drafts: Drafts,
}

impl UploadedFile {
    /// Returns the content.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the content without a copy. As long as it is held, so is the whole upload that it came in.
    pub fn into_bytes(self) -> Bytes {
        self.bytes
    }

    /// Returns the kind, found out from the content.
    pub const fn kind(&self) -> FileKind {
        self.kind
    }

    /// Returns the pixels of its largest image, as it says itself: none of what is no image, and at most
    /// 67 108 864. An app that shows or converts images asks for fewer.
    pub const fn pixels(&self) -> u64 {
        self.pixels.count()
    }

    /// Returns the number of bytes: at least one.
    #[allow(clippy::len_without_is_empty, reason = "no file is empty")]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Returns the name that it has at its sender's, for showing it to people. A name that could mean something else
    /// than a name is left out.
    pub fn display_name(&self) -> Option<&SafeFileName> {
        self.name.as_ref()
    }

    /// Keeps it in a folder that is there, under a name that is made here: a random UUID and the extension of its kind.
    /// Gives that name.
    ///
    /// The file is written under another name first and has its own once it is complete and on the disk. Both names
    /// are new: nothing is overwritten, and no symbolic link is followed. On Unix only the user of this process may
    /// read it.
    ///
    /// The file stays once the handler of the request that sent it has answered, and its view has. Where one of them fails,
    /// panics or is cut at its deadline, the file is removed: so write its name where others read it last, and leave that
    /// its time. A caller that hangs up changes nothing: the handler of an upload runs to its end. A file that was not sent
    /// by a request, as in a test, stays.
    ///
    /// # Errors
    ///
    /// Those of the file system. Nothing is left behind then, as far as it can be removed.
    pub async fn persist(&self, folder: impl AsRef<Path>) -> io::Result<SafeFileName> {
        let folder = folder.as_ref().to_owned();
        let (bytes, drafts) = (self.bytes.clone(), self.drafts.clone());
        let name = Uuid::new_v4().to_string();
        let part = format!(".{name}.part");
        let name = format!("{name}.{}", self.kind.extension());
        let name = SafeFileName::parse(&name).map_err(io::Error::other)?;
        let task = tokio::task::spawn_blocking(move || {
            write(&folder, &part, name.as_str(), &bytes)?;
            // Here and not where this is awaited: nobody may be there any more.
            drafts.add(folder.join(name.as_str()));
            Ok(name)
        });
        task.await.map_err(io::Error::other)?
    }
}

impl fmt::Debug for UploadedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is in it, and what somebody called it, is not for logs.
        write!(f, "UploadedFile({:?}, {} bytes)", self.kind, self.bytes.len())
    }
}

// A type that cannot be read is told what to derive.
#[diagnostic::do_not_recommend]
impl Decode for UploadedFile {
    const TYPE: TypeInfo = TypeInfo::needing(Needs::File, |rules| Shape::File {
        max_bytes: rules.most_bytes() as u64,
        media_types: rules.of_kinds().iter().map(|kind| kind.media_type()).collect(),
    });

    type Contents<D: Depth> = ();

    fn decode(node: Node<'_>, rules: &Rules, decoding: &mut Decoding) -> Option<Self> {
        let Node::File(file) = node else {
            decoding.refuse_type("a file is expected");
            return None;
        };
        let FilePart { name, media_type, bytes, drafts } = *file;
        let name = name.as_deref().unwrap_or_default();
        let is_path = name.contains(['/', '\\']) || !is_plain_line(name);
        if is_path && !crate::weakened::is("file-path") {
            decoding.refuse("file-name", "a file's name is no path and has no control characters");
            return None;
        }
        let fits = !bytes.is_empty() && bytes.len() <= rules.most_bytes();
        if !fits && !crate::weakened::is("file-size") {
            decoding.refuse("size", format!("from 1 to {} bytes", rules.most_bytes()));
            return None;
        }
        let (kind, pixels) = match FileKind::one_of(rules.of_kinds(), &bytes) {
            Ok(found) => found,
            Err((code, wanted)) => {
                decoding.refuse(code, wanted);
                return None;
            }
        };
        let agrees = [
            (
                kind.agrees_with_type(media_type.as_deref()) || crate::weakened::is("file-type"),
                "media-type",
                "the media type",
            ),
            (
                kind.agrees_with_name(name) || crate::weakened::is("file-name"),
                "file-name",
                "the extension of the name",
            ),
        ];
        for (_, code, what) in agrees.iter().filter(|(agrees, ..)| !agrees) {
            decoding.refuse(code, format!("{what} is that of the content, or left out"));
        }
        let agrees = agrees.iter().all(|(agrees, ..)| *agrees);
        agrees.then(|| Self { bytes, kind, pixels, name: SafeFileName::parse(name).ok(), drafts })
    }
}

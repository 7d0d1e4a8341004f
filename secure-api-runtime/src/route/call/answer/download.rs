//! A file as an answer: its bytes, its kind and its name.

use std::{
    convert::Infallible,
    fmt,
    fs::{File, OpenOptions},
    io::{self, Read},
    marker::PhantomData,
    path::Path,
};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Answer, Answered, Arms, Nothing, Outcome, range};
use crate::{
    error::{Problem, problem},
    input::FileKind,
    rendered::Rendered,
    route::{
        call::{Context, Reading, etag},
        facts::{AnswerInfo, Content},
    },
    value::SafeFileName,
    verb::Verb,
    view::LARGEST_FILE,
};

/// The kinds of file that a route answers with, for its document and for what a caller accepts.
#[diagnostic::on_unimplemented(
    message = "SA651: nothing says of which kinds the files of `{Self}` are",
    label = "no kinds are named",
    note = "write `impl DownloadKinds for {Self} {{ const KINDS: &'static [FileKind] = &[FileKind::Png]; }}`"
)]
pub trait DownloadKinds: Send + 'static {
    /// The kinds, at least one.
    const KINDS: &'static [FileKind];
}

/// 200 with the bytes of a file, or 206 with the ranges that the caller asks for (RFC 9110, section 14).
///
/// A file has its media type by its kind, its length and an entity tag, and nothing guesses another type. It is to be kept and
/// not shown, as `Content-Disposition: attachment` says, unless it is [`inline`](Self::inline). Conditions, ranges and HEAD
/// are answered by the framework. It is held in memory while it is sent, and has 64 MiB at most, as its document says.
///
/// Who may have it is decided as for any route: by roles, and by the objects of the path.
///
/// ```
/// # mod app {
/// use secure_api::{prelude::*, route::{Download, DownloadKinds}};
/// # #[derive(Role)] pub enum Role { Member }
/// # #[derive(Version)] pub enum Version { V1 }
/// # #[derive(Value)] #[value(text, max_len = 9, unowned = "reports are everybody's here")] pub struct ReportId(String);
///
/// pub struct Reports;
///
/// impl DownloadKinds for Reports {
///     const KINDS: &'static [FileKind] = &[FileKind::PlainText];
/// }
///
/// /// Sends a report.
/// #[get("/reports/{id}/text", version = Version::V1.., role = Role::Member)]
/// pub async fn get_text(id: Unowned<ReportId>) -> Result<Download<Reports>, StoreError> {
///     let text = format!("Report {}\n", id.0.as_str());
///     let name: SafeFileName = "report.txt".parse()?;
///     Ok(Download::new(text, FileKind::PlainText).named(name))
/// }
/// # }
/// ```
pub struct Download<K> {
    file: SentFile,
    kinds: PhantomData<fn() -> K>,
}

/// A file on its way out.
struct SentFile {
    bytes: Bytes,
    kind: FileKind,
    kinds: &'static [FileKind],
    name: Option<SafeFileName>,
    inline: bool,
}

impl<K: DownloadKinds> Download<K> {
    /// Answers with these bytes, which are a file of this kind. A kind that is none of `K` is a failure of the
    /// server, and so are more than 64 MiB: 500.
    pub fn new(bytes: impl Into<Bytes>, kind: FileKind) -> Self {
        let (bytes, kinds) = (bytes.into(), K::KINDS);
        let file = SentFile { bytes, kind, kinds, name: None, inline: false };
        Self { file, kinds: PhantomData }
    }

    /// Answers with a file that [`persist`](crate::value::UploadedFile::persist) kept in a folder, by the name that it gave.
    ///
    /// # Errors
    ///
    /// Those of the file system, as [`NotFound`](io::ErrorKind::NotFound); and
    /// [`InvalidData`](io::ErrorKind::InvalidData) where it is no file, its extension is that of no kind of `K`, or it has
    /// more than 64 MiB.
    pub async fn kept(folder: impl AsRef<Path>, name: &SafeFileName) -> io::Result<Self> {
        let wrong = |why: &'static str| io::Error::new(io::ErrorKind::InvalidData, why);
        let extension = name.as_str().rsplit_once('.').map(|(_, extension)| extension);
        let kind = K::KINDS.iter().find(|kind| extension == Some(kind.extension()));
        let kind = *kind.ok_or_else(|| wrong("a file of another kind"))?;
        let path = folder.as_ref().join(name.as_str());
        let read = tokio::task::spawn_blocking(move || {
            // What was opened is asked, so that nobody puts another thing in its place between.
            let file = open(&path)?;
            let mut bytes = Vec::new();
            if file.metadata()?.is_file() {
                file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
                if bytes.len() as u64 <= LARGEST_FILE {
                    return Ok(bytes);
                }
            }
            Err(wrong("no file, or one of more than 64 MiB"))
        });
        let bytes = read.await.map_err(io::Error::other)??;
        Ok(Self::new(bytes, kind))
    }
}

// That the kinds are named is asked where a file is made and where a route answers with it.
impl<K> Download<K> {
    /// Adds the name under which the caller is to keep it.
    #[must_use]
    pub fn named(mut self, name: SafeFileName) -> Self {
        self.file.name = Some(name);
        self
    }

    /// Lets a browser show it in place of keeping it. It still runs nothing: the answer's policy allows no script.
    #[must_use]
    pub fn inline(mut self) -> Self {
        self.file.inline = true;
        self
    }
}

impl<K> Outcome for Download<K> {
    type Success = Self;
    type Error = Infallible;

    fn result(self) -> Result<Self, Infallible> {
        Ok(self)
    }
}

impl<K: DownloadKinds> Answer for Download<K> {
    type Inner = Nothing;
    const INFO: AnswerInfo = AnswerInfo {
        own_problems: &[&problem::RANGE_NOT_SATISFIABLE],
        ..AnswerInfo::new("`Download`", &[Verb::Get], 200, Content::File(K::KINDS))
    };

    fn answer(self, context: &Context, _: Arms<Nothing>) -> Answered {
        self.file.answer(context)
    }
}

impl SentFile {
    fn answer(self, context: &Context) -> Answered {
        let Self { bytes, kind, kinds, name, inline } = self;
        if !kinds.contains(&kind) {
            return Err(Problem::new(&problem::INTERNAL)
                .because("the file is of no kind that the route is declared with"));
        }
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(Problem::new(&problem::INTERNAL).because("the file has more than 64 MiB"));
        }
        // Asked of all kinds before the handler; the caller may be able to do with another one only.
        context.accepts(kind.media_type(), kinds.iter().map(|kind| kind.media_type()))?;
        let tag = etag::of(&bytes);
        let mut rendered = match context.conditions.of_read(&context.headers, &tag)? {
            Reading::Known => Rendered::empty(StatusCode::NOT_MODIFIED),
            Reading::Shown => range::part(context, &tag, media(kind), bytes)?,
        };
        let disposition = HeaderValue::from_str(&disposition(inline, name.as_ref()))
            .map_err(|error| Problem::new(&problem::INTERNAL).because(error))?;
        let fields: [(HeaderName, HeaderValue); 3] = [
            (header::ETAG, tag),
            (header::ACCEPT_RANGES, HeaderValue::from_static("bytes")),
            (header::CONTENT_DISPOSITION, disposition),
        ];
        for (name, value) in fields {
            rendered.field(name, value);
        }
        Ok(rendered)
    }
}

/// Opens what has this path for reading, where it is no link. A pipe that nobody writes to is not waited for.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    let mut options = OpenOptions::new();
    options.read(true).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
    options.open(path).map_err(|error| match error.raw_os_error() {
        Some(libc::ELOOP | libc::EMLINK) => {
            io::Error::new(io::ErrorKind::InvalidData, "a symbolic link")
        }
        _ => error,
    })
}

/// Opens what has this path for reading, where it is no link.
#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    if std::fs::symlink_metadata(path)?.is_symlink() {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a symbolic link"));
    }
    OpenOptions::new().read(true).open(path)
}

fn media(kind: FileKind) -> HeaderValue {
    HeaderValue::from_static(match kind {
        FileKind::PlainText => "text/plain; charset=utf-8",
        kind => kind.media_type(),
    })
}

/// The characters that are escaped in an extended value: all but `attr-char` (RFC 8187, section 3.2.1).
const EXTENDED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// Returns the value of `Content-Disposition` (RFC 6266): a name that is not plain ASCII is there twice, for readers that
/// know the extended form and for those that do not.
pub(super) fn disposition(inline: bool, name: Option<&SafeFileName>) -> String {
    let mut text = if inline { "inline" } else { "attachment" }.to_owned();
    let Some(name) = name.map(SafeFileName::as_str) else { return text };
    // Some readers decode a percent sign also where none is meant.
    let plain = |letter: char| (letter.is_ascii_graphic() || letter == ' ') && letter != '%';
    let simple: String =
        name.chars().map(|letter| if plain(letter) { letter } else { '_' }).collect();
    // A safe name has neither quotes nor backslashes.
    text.push_str(&format!("; filename=\"{simple}\""));
    if simple != name {
        text.push_str("; filename*=UTF-8''");
        text.extend(utf8_percent_encode(name, EXTENDED));
    }
    text
}

impl<K> fmt::Debug for Download<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Download").field(&self.file).finish()
    }
}

impl fmt::Debug for SentFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What is in it is not for logs.
        write!(f, "{:?} of {} bytes", self.kind, self.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 6266, section 4.1, and RFC 8187.
    #[test]
    fn a_name_is_told_to_old_and_new_readers() {
        let named = |text: &str| disposition(false, Some(&text.parse().expect("a name")));
        assert_eq!(disposition(false, None), "attachment");
        assert_eq!(disposition(true, None), "inline");
        assert_eq!(named("a b.png"), "attachment; filename=\"a b.png\"");
        assert_eq!(
            named("Größe 2.pdf"),
            "attachment; filename=\"Gr__e 2.pdf\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%202.pdf"
        );
        assert_eq!(
            named("50%.txt"),
            "attachment; filename=\"50_.txt\"; filename*=UTF-8''50%25.txt"
        );
        assert_eq!(named("a'(b).txt"), "attachment; filename=\"a'(b).txt\"");
    }
}

//! The kind of a file, found out from its bytes.
//!
//! A kind is known by the magic bytes at the beginning, and is walked through to its own end by `file_form`: what was
//! appended to an image, a script for example, makes it no such image. A name and a declared media type say nothing that
//! is believed.

use super::{
    archive::holds_archive,
    file_form::{is_gif, is_jpeg, is_pdf, is_png, is_webp, reads_as_pdf},
    pixels::{MOST_PIXELS, Pixels},
    plain_text::is_plain_text,
};
use crate::input::{media_parameter, outside_quotes};

/// 1024 bytes.
pub const KIB: usize = 1024;

/// 1024 KiB, for `max_bytes` and `body_limit`.
pub const MIB: usize = 1024 * KIB;

/// A kind of file that an upload may hold.
///
/// There are few on purpose. SVG, HTML and XML run scripts where they are shown; ZIP and all that are ZIP inside (the
/// formats of offices, EPUB, JAR) can grow by a factor of thousands when somebody opens them, and hold files of any name.
/// Whoever has to take these says so with an extractor and its reason, and knows what opens them. So no upload is an
/// archive, and there is no ratio to bound.
///
/// A file is of no kind, image or text, if an archive of these is found in it where their readers look: ZIP, RAR, 7z, CAB,
/// WIM, XAR, ARJ, ACE, LHA, ZPAQ, FreeArc, PHAR, NSIS, XZ, BZIP2, cpio and tar in all their forms, WARC and `ar`; or the image
/// of a disk or disc: ISO 9660, UDF, ext2 to ext4, HFS+, APFS, Btrfs, ReiserFS, JFS, F2FS, cramfs, LVM, swap, UDIF, VHD, VDI,
/// and tables of partitions. Neither is an image or a text that has the beginning of a PDF anywhere. That is a list of
/// formats, and not a proof: what is in the pieces of an image is not looked at otherwise.
///
/// An image of an upload has at most 67 108 864 pixels, those of a square with sides of 8192, by what it says of itself: a few bytes
/// can say that they are a picture of gigabytes. Images of an animation have each as many.
///
/// A file of a kind is still what a stranger sent: what shows or converts it has flaws of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FileKind {
    /// `image/png`
    Png,
    /// `image/jpeg`. The moving photos of phones have a film behind the image, and are no such file.
    Jpeg,
    /// `image/gif`
    Gif,
    /// `image/webp`
    WebP,
    /// `text/plain`: UTF-8 without control characters besides tabs and line breaks, and no language that something
    /// runs or shows.
    PlainText,
    /// `application/pdf`. It can carry scripts and other files, and no scanner can rule that out. So its field says why
    /// by `allow(active_content, reason = "…")`; it is best sent on with `Content-Disposition: attachment`.
    Pdf,
}

impl FileKind {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::Png, Self::Jpeg, Self::Gif, Self::WebP, Self::PlainText, Self::Pdf];

    /// Returns its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::PlainText => "text/plain",
            Self::Pdf => "application/pdf",
        }
    }

    /// Returns the extension that names made here have, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::WebP => "webp",
            Self::PlainText => "txt",
            Self::Pdf => "pdf",
        }
    }

    /// Returns `true` if files of this kind can carry scripts or other files.
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Pdf)
    }

    /// Returns `true` if files of one of these kinds can.
    pub(crate) const fn have_active(kinds: &[Self]) -> bool {
        let mut index = 0;
        while index < kinds.len() {
            if kinds[index].is_active() {
                return true;
            }
            index += 1;
        }
        false
    }

    /// Returns the one of these kinds that bytes are of, and the pixels of its images.
    ///
    /// # Errors
    ///
    /// The rule that they break, and what is wanted.
    pub(crate) fn one_of(
        kinds: &[Self],
        bytes: &[u8],
    ) -> Result<(Self, Pixels), (&'static str, String)> {
        let found = Self::found(bytes).filter(|(kind, _)| kinds.contains(kind));
        let any = kinds.first().filter(|_| crate::weakened::is("file-kind"));
        let Some((kind, pixels)) = found.or(any.map(|kind| (*kind, Pixels::default()))) else {
            let wanted: Vec<_> = kinds.iter().map(|kind| kind.media_type()).collect();
            return Err(("kind", format!("a whole file of one of: {}", wanted.join(", "))));
        };
        match pixels.count() > MOST_PIXELS {
            true => Err(("pixels", format!("an image of at most {MOST_PIXELS} pixels"))),
            false => Ok((kind, pixels)),
        }
    }

    /// Returns the kind that these bytes are of, from their beginning to their end.
    ///
    /// ```
    /// use secure_api::input::FileKind;
    ///
    /// assert_eq!(FileKind::of(b"Milk, two pounds of tea\n"), Some(FileKind::PlainText));
    /// assert_eq!(FileKind::of(b"<!DOCTYPE html><script>steal()</script>"), None);
    /// assert_eq!(FileKind::of(b"PK\x03\x04 an archive"), None);
    /// ```
    pub fn of(bytes: &[u8]) -> Option<Self> {
        Self::found(bytes).map(|(kind, _)| kind)
    }

    /// Returns the same, and the pixels of its images.
    pub(crate) fn found(bytes: &[u8]) -> Option<(Self, Pixels)> {
        let mut pixels = Pixels::default();
        let found = infer::get(bytes);
        let named =
            |kind: &&Self| found.is_some_and(|found| kind.media_type() == found.mime_type());
        let Some(kind) = Self::ALL.iter().find(named).copied() else {
            return is_plain_text(bytes).then_some((Self::PlainText, pixels));
        };
        let whole = match kind {
            Self::Png => is_png(bytes, &mut pixels),
            Self::Jpeg => is_jpeg(bytes, &mut pixels),
            Self::Gif => is_gif(bytes, &mut pixels),
            Self::WebP => is_webp(bytes, &mut pixels),
            Self::Pdf => is_pdf(bytes),
            // What `infer` knows as plain text is a script or a page.
            Self::PlainText => false,
        };
        let another = holds_archive(bytes) || (kind != Self::Pdf && reads_as_pdf(bytes));
        (whole && !another).then_some((kind, pixels))
    }

    /// Returns `true` if a declared media type can be that of this kind: one that is absent or "unknown" can. A text is in
    /// UTF-8, and is not said to be in anything else.
    pub(crate) fn agrees_with_type(self, declared: Option<&str>) -> bool {
        let Some(declared) = declared else { return true };
        let mut parts = outside_quotes(declared, b';').map(|part| part.trim_matches([' ', '\t']));
        let name = parts.next().unwrap_or_default();
        let mut charsets = parts
            .map(|part| media_parameter(part).unwrap_or((part, "".into())))
            .filter(|(name, _)| name.to_ascii_lowercase().starts_with("charset"));
        let known = [self.media_type(), "application/octet-stream"];
        known.iter().any(|known| name.eq_ignore_ascii_case(known))
            && (self != Self::PlainText
                || charsets.all(|(name, value)| {
                    name.eq_ignore_ascii_case("charset") && value.eq_ignore_ascii_case("utf-8")
                }))
    }

    /// Returns `true` if a file's name can be that of this kind: one without extension can.
    pub(crate) fn agrees_with_name(self, name: &str) -> bool {
        let Some((_, extension)) = name.rsplit_once('.') else { return true };
        let extension = extension.to_ascii_lowercase();
        match self {
            Self::Jpeg => ["jpg", "jpeg", "jpe", "jfif"].contains(&extension.as_str()),
            Self::PlainText => ["txt", "text"].contains(&extension.as_str()),
            Self::Png | Self::Gif | Self::WebP | Self::Pdf => extension == self.extension(),
        }
    }
}

/// Returns the media types of kinds.
pub const fn media_types_of<const COUNT: usize>(kinds: &[FileKind]) -> [&'static str; COUNT] {
    let mut types = [""; COUNT];
    let mut index = 0;
    while index < COUNT {
        types[index] = kinds[index].media_type();
        index += 1;
    }
    types
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_only_contradict() {
        assert!(FileKind::Jpeg.agrees_with_type(None));
        assert!(FileKind::Jpeg.agrees_with_type(Some("IMAGE/JPEG")));
        assert!(FileKind::PlainText.agrees_with_type(Some("text/plain; charset=utf-8")));
        assert!(
            FileKind::PlainText
                .agrees_with_type(Some("text/plain;charset=\"UTF-8\"; format=flowed"))
        );
        assert!(!FileKind::Jpeg.agrees_with_type(Some("image/svg+xml")));
        for declared in [
            "charset=utf-16",
            "CHARSET=\"utf-7\"",
            "charset=utf-8; charset=utf-16",
            "charset",
            "charset*=utf-8''utf-16",
            "charset =utf-16",
        ] {
            for name in ["text/plain", "application/octet-stream"] {
                let declared = format!("{name}; {declared}");
                assert!(!FileKind::PlainText.agrees_with_type(Some(&declared)), "{declared}");
            }
        }
        assert!(
            FileKind::Jpeg.agrees_with_name("tea.JPEG") && FileKind::Jpeg.agrees_with_name("tea")
        );
        assert!(!FileKind::Jpeg.agrees_with_name("tea.jpg.php"));
    }
}

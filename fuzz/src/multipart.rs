//! Uploads: what is accepted are the parts that another parser finds, name for name and byte for byte.

use bytes::Bytes;
use futures_util::{FutureExt, stream};
use multer::Multipart;
use secure_api::{input::decode_upload, prelude::*};

/// An upload.
#[derive(Input)]
pub struct Sheet {
    #[input(text, max_len = 40)]
    title: Option<String>,
    #[input(items = 0..=3, each(max_len = 20))]
    marks: Vec<String>,
    #[input(max_bytes = 4096, kinds = [FileKind::PlainText])]
    file: Option<UploadedFile>,
}

/// A part as another parser finds it.
#[derive(Debug)]
struct Part {
    name: Option<String>,
    file: Option<String>,
    bytes: Bytes,
}

/// Reads the first line as a media type, and the rest as its body.
pub fn check(data: &[u8]) -> bool {
    let Some(end) = data.iter().position(|byte| *byte == b'\n') else { return false };
    let (Ok(media), body) = (str::from_utf8(&data[..end]), &data[end + 1..]) else { return false };
    let body = Bytes::copy_from_slice(body);
    let Ok(Sheet { title, marks, file }) = decode_upload::<Sheet>(media, body.clone()) else {
        return false;
    };
    // It takes no blank before a `;`, which the standard does (RFC 9110, section 5.6.6).
    let Ok(boundary) = multer::parse_boundary(media) else { return true };
    // It knows a parameter in small letters only, where the standard knows no case (RFC 2045, section 5.1).
    let count = |body: &[u8], name: &[u8]| {
        body.windows(name.len()).filter(|window| *window == name).count()
    };
    let small = body.to_ascii_lowercase();
    if [&b"name"[..], b"filename"].iter().any(|name| count(&body, name) != count(&small, name)) {
        return false;
    }
    let Some(parts) = others(&body, &boundary) else { return true };
    let known = ["title", "marks", "file"];
    let named =
        |name: &'static str| parts.iter().filter(move |part| part.name.as_deref() == Some(name));
    assert!(
        parts.iter().all(|part| part.name.as_deref().is_some_and(|name| known.contains(&name))),
        "{parts:?}"
    );
    // An empty part is a file that nobody chose.
    let chosen = |part: &&Part| !(part.bytes.is_empty() && part.file.as_deref() == Some(""));
    let files: Vec<_> = named("file").filter(chosen).collect();
    assert_eq!(
        (named("title").count(), named("marks").count()),
        (usize::from(title.is_some()), marks.len())
    );
    assert_eq!(files.len(), usize::from(file.is_some()), "{parts:?}");
    for (mark, part) in marks.iter().zip(named("marks")) {
        // Blanks at its ends are taken off, and its letters composed.
        assert!(mark.len() <= 80 && str::from_utf8(&part.bytes).is_ok(), "{parts:?}");
    }
    if let (Some(file), Some(part)) = (file, files.first()) {
        assert_eq!(file.bytes(), &part.bytes, "{parts:?}");
    }
    true
}

/// Returns the parts that the other parser finds; none where there are more headers than it reads.
fn others(body: &Bytes, boundary: &str) -> Option<Vec<Part>> {
    let whole = stream::iter([Ok::<_, std::io::Error>(body.clone())]);
    let mut multipart = Multipart::new(whole, boundary);
    let read = async {
        let mut parts = Vec::new();
        while let Some(field) = multipart.next_field().await? {
            let (name, file) =
                (field.name().map(str::to_owned), field.file_name().map(str::to_owned));
            parts.push(Part { name, file, bytes: field.bytes().await? });
        }
        Ok::<_, multer::Error>(parts)
    };
    match read.now_or_never().expect("all of it is there") {
        Ok(parts) => Some(parts),
        Err(multer::Error::ReadHeaderFailed(_)) => None,
        Err(error) => panic!("{error}: {body:?}"),
    }
}

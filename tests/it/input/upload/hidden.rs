//! Files in which another program finds an archive, a disk or a document.

use super::*;

/// Returns a PNG with a piece of its own that holds these bytes.
fn around(content: &[u8]) -> Vec<u8> {
    let image = png(0);
    let (start, rest) = image.split_at(8 + 25);
    let length = (content.len() as u32).to_be_bytes();
    [start, &length, b"prVt", content, &[0; 4], rest].concat()
}

/// Returns the header of a file of tar as Unix V7 wrote it, which has no letters of its own, filled up with this.
fn tar(filling: u8) -> Vec<u8> {
    let mut block = vec![filling; 512];
    block[..7].copy_from_slice(b"evil.sh");
    block[100..156].copy_from_slice(b"0000644 0000000 0000000 00000000003 00000000000         ");
    let sum: u32 = block.iter().copied().map(u32::from).sum();
    block[148..156].copy_from_slice(format!("{sum:07o} ").as_bytes());
    [block, b"hi\n".to_vec()].concat()
}

/// Returns the superblock of a file system of Linux.
fn ext() -> Vec<u8> {
    let mut block = vec![0; 1024 - 41 + 80];
    block[1024 - 41 + 56..][..2].copy_from_slice(b"\x53\xEF");
    block
}

// R95
#[tokio::test]
async fn an_image_hides_no_archive_no_disk_and_no_document() {
    let running = Running::start().await;
    let newc = format!("070701{}evil.sh\0", "00000007".repeat(13));
    let far = [&[b' '; 1100][..], b"%PDF-1.4\n1 0 obj\n"].concat();
    for (what, content) in [
        ("tar", [&[0; 512 - 41][..], &tar(0)].concat()),
        ("cpio", newc.into_bytes()),
        ("ext2", ext()),
        ("a PDF", far),
        ("WIM", b"MSWIM\0\0\0".to_vec()),
    ] {
        let part = file(around(&content), "a.png", "image/png");
        let told = Running::told(&running.upload(pictured(part)).await, 422);
        assert_eq!(told, pairs([("/picture", "kind")]), "{what}");
    }
    let answer = running.upload(pictured(file(around(b"Tea"), "a.png", "image/png"))).await;
    assert_eq!(answer.status, 200, "{answer:#?}");
}

// R95
#[test]
fn a_text_is_none_of_these_either() {
    let takes = |content: &[u8]| {
        let head = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n".as_bytes();
        let body = [head, content, b"\r\n--b--\r\n"].concat();
        secure_api::input::decode_upload::<Noted>(TYPE, body).map(|noted| noted.file.kind())
    };
    let far = format!("{}\n%PDF-1.4\n1 0 obj\n", "a".repeat(1100));
    for text in [
        &tar(b'x')[..],
        format!("070707{}evil.sh", "0".repeat(70)).as_bytes(),
        b"WARC/1.0\r\nWARC-Type: resource\r\n",
        b"!<arch>\ndebian-binary",
        b"\nbegin 644 evil.sh\n#0V%T\n`\nend",
        far.as_bytes(),
        b"\n{\\rtf1 x}",
        "\u{feff}{\\rtf1 x}".as_bytes(),
        b"\n%!PS",
    ] {
        assert!(takes(text).is_err(), "{}", String::from_utf8_lossy(text));
    }
    assert_eq!(takes(b"Tea, tar and ZIP").ok(), Some(FileKind::PlainText));
}

/// A note.
#[derive(Input)]
struct Noted {
    #[input(max_bytes = 4 * KIB, kinds = [FileKind::PlainText])]
    file: UploadedFile,
}

// R95: a part is what it is, and is not said to be something else.
#[tokio::test]
async fn a_part_is_in_no_encoding_of_its_own() {
    let running = Running::start().await;
    let note = "Content-Disposition: form-data; name=\"notes\"; filename=\"a.txt\"";
    let with = |more: &str| {
        let headers = format!("{note}\r\n{more}");
        body(&[(TITLE, b"Tea"), (PICTURE, &png(0)), (&headers, b"fine")])
    };
    for coding in ["gzip", "br", "identity, gzip", ""] {
        let answer = running.send(TYPE, with(&format!("Content-Encoding: {coding}"))).await;
        assert_eq!(answer.status, 400, "{coding}: {answer:#?}");
    }
    for charset in ["utf-16", "utf-7", "\"iso-8859-1\"", "utf-8; charset=utf-16"] {
        let answer = with(&format!("Content-Type: text/plain; charset={charset}"));
        let told = Running::told(&running.send(TYPE, answer).await, 422);
        assert_eq!(told, pairs([("/notes/0", "media-type")]), "{charset}");
    }
    for header in ["Content-Encoding: identity", "Content-Type: text/plain; charset=\"UTF-8\""] {
        let answer = running.send(TYPE, with(header)).await;
        assert_eq!((answer.status, &answer.json()["notes"]), (200, &json!(1)), "{answer:#?}");
    }
}

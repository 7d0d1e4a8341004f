//! The pixels of an image, which a few bytes can say are many.

use super::*;

/// Makes a PNG of a header and the rest.
fn sized(width: u32, height: u32, more: &[u8]) -> Vec<u8> {
    let mut image = png(0);
    image[16..20].copy_from_slice(&width.to_be_bytes());
    image[20..24].copy_from_slice(&height.to_be_bytes());
    let (start, rest) = image.split_at(8 + 25);
    [start, more, rest].concat()
}

/// Makes the header of an image of an animation (PNG, section 11.3.6).
fn of_animation(width: u32, height: u32) -> Vec<u8> {
    let content = [[0, width, height, 0, 0, 0].map(u32::to_be_bytes).concat(), vec![0; 2]].concat();
    [&26_u32.to_be_bytes()[..], b"fcTL", &content, &[0; 4]].concat()
}

/// Makes a JPEG of a frame.
fn jpeg(marker: u8, width: u16, height: u16) -> Vec<u8> {
    let sides = [height, width].map(u16::to_be_bytes).concat();
    [&[0xFF, 0xD8, 0xFF, marker, 0, 8, 8][..], &sides, &[0, 0xFF, 0xD9]].concat()
}

/// Makes a GIF: its screen, and an image on it.
fn gif(screen: (u16, u16), image: (u16, u16)) -> Vec<u8> {
    let sides = |(width, height): (u16, u16)| [width, height].map(u16::to_le_bytes).concat();
    let end = b"\0\x02\x02\x44\x01\0;";
    [b"GIF89a", &*sides(screen), b"\0\0\0,\0\0\0\0", &*sides(image), end].concat()
}

/// Makes a chunk of WebP, or the whole of it.
fn chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
    [name, &(content.len() as u32).to_le_bytes(), content, &[0][..content.len() % 2]].concat()
}

fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
    chunk(b"RIFF", &[b"WEBP", &*chunks.concat()].concat())
}

/// Makes the two sides of a canvas, each less one in three bytes.
fn canvas(width: u32, height: u32) -> Vec<u8> {
    [width, height].into_iter().flat_map(|side| (side - 1).to_le_bytes()[..3].to_vec()).collect()
}

/// Makes a picture in each of the two codes of WebP.
fn lossless(width: u32, height: u32) -> Vec<u8> {
    let sides = (width - 1) | ((height - 1) << 14);
    chunk(b"VP8L", &[&[0x2F][..], &sides.to_le_bytes()].concat())
}

fn lossy(width: u16, height: u16) -> Vec<u8> {
    let sides = [width, height].map(u16::to_le_bytes).concat();
    chunk(b"VP8 ", &[b"\x10\0\0\x9D\x01\x2A", &*sides].concat())
}

fn animated(picture: &[u8]) -> Vec<u8> {
    chunk(b"ANMF", &[&[0; 6][..], &canvas(1, 1), &[0; 4], picture].concat())
}

/// An upload of any image.
#[derive(Input)]
struct Shown {
    #[input(max_bytes = KIB, kinds = IMAGES)]
    file: UploadedFile,
}

const IMAGES: &[FileKind] = &[FileKind::Png, FileKind::Jpeg, FileKind::Gif, FileKind::WebP];

/// Returns the pixels of a file, where it is taken.
fn pixels(content: &[u8]) -> Result<u64, String> {
    let head = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n".as_bytes();
    let body = [head, content, b"\r\n--b--\r\n"].concat();
    secure_api::input::decode_upload::<Shown>(TYPE, body)
        .map(|shown| shown.file.pixels())
        .map_err(|problem| format!("{problem:?}"))
}

// R95, ASVS 5.2.6: of every kind, wherever it says so.
#[test]
fn an_image_says_how_many_pixels_it_has() {
    for (what, image) in [
        ("PNG", sized(8192, 8192, b"")),
        ("APNG", sized(1, 1, &of_animation(8192, 8192))),
        ("JPEG", jpeg(0xC0, 8192, 8192)),
        ("JPEG, progressive", jpeg(0xC2, 8192, 8192)),
        ("JPEG, hierarchical", jpeg(0xDE, 8192, 8192)),
        ("JPEG, a second one", [jpeg(0xC0, 1, 1), jpeg(0xC0, 8192, 8192)].concat()),
        ("GIF, its screen", gif((8192, 8192), (1, 1))),
        ("GIF, an image", gif((1, 1), (8192, 8192))),
        ("WebP, lossless", webp(&[lossless(8192, 8192)])),
        ("WebP, lossy", webp(&[lossy(8192, 8192)])),
        ("WebP, stretched", webp(&[lossy(8192 | 0x4000, 8192 | 0xC000)])),
        (
            "WebP, its canvas",
            webp(&[chunk(b"VP8X", &[&[0; 4], &*canvas(8192, 8192)].concat()), lossless(1, 1)]),
        ),
        (
            "WebP, an animation",
            webp(&[chunk(b"ANMF", &[&[0; 6], &*canvas(8192, 8192), &[0; 4]].concat())]),
        ),
        (
            "WebP, in an animation",
            webp(&[animated(&[chunk(b"ALPH", b"abc"), lossy(8192, 8192)].concat())]),
        ),
    ] {
        assert_eq!(pixels(&image).ok(), Some(8192 * 8192), "{what}");
    }
    for (what, image) in [
        ("PNG", sized(8193, 8192, b"")),
        ("PNG, a line", sized(67_108_865, 1, b"")),
        ("PNG, all of it", sized(u32::MAX, u32::MAX, b"")),
        ("APNG", sized(1, 1, &of_animation(8192, 8193))),
        ("JPEG", jpeg(0xC1, 8193, 8192)),
        ("JPEG, whose height comes later", jpeg(0xC0, 1025, 0)),
        ("GIF", gif((1, 1), (u16::MAX, 1025))),
        ("WebP, lossless", webp(&[lossless(8192, 8193)])),
        ("WebP, lossy", webp(&[lossy(8193, 8192)])),
        ("WebP, in an animation", webp(&[lossless(1, 1), animated(&lossless(16384, 16384))])),
    ] {
        let refused = pixels(&image).expect_err(what);
        assert!(refused.contains("pixels"), "{what}: {refused}");
    }
    assert_eq!(pixels(&sized(640, 480, b"")).ok(), Some(640 * 480));
}

// R95
#[tokio::test]
async fn an_image_of_too_many_pixels_is_refused_at_its_place() {
    let running = Running::start().await;
    let part = file(sized(30_000, 30_000, b""), "a.png", "image/png");
    let told = Running::told(&running.upload(pictured(part)).await, 422);
    assert_eq!(told, pairs([("/picture", "pixels")]));
    assert_eq!(running.files(), 0);
    let part = file(sized(8192, 8192, b""), "a.png", "image/png");
    running.upload(pictured(part)).await.has_status(200);
}

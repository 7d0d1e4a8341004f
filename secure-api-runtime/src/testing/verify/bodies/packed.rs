//! Bodies that are compressed, or say that they are.

use super::{Draft, Target, World};

/// Returns bodies that are said to be compressed by gzip, each with the status that it is to have. `of` makes a request of the
/// bytes of its body.
pub(super) fn wrong<'a>(
    world: &World,
    target: Target<'_>,
    bytes: &[u8],
    of: impl Fn(Vec<u8>) -> Draft<'a>,
) -> Vec<(&'static str, u16, Draft<'a>)> {
    let coded = |bytes: Vec<u8>| of(bytes).header("content-encoding", "gzip");
    if !world.model.takes_gzip() {
        return vec![("a content coding that is not taken", 415, coded(bytes.to_vec()))];
    }
    let twice = of(bytes.to_vec()).header("content-encoding", "gzip, gzip");
    let mut wrong = vec![
        ("content that is not compressed as it says", 400, coded(bytes.to_vec())),
        ("content that is said to be compressed twice", 415, twice),
    ];
    wrong.extend(
        unpacked(world, target, bytes)
            .into_iter()
            .map(|(what, status, bytes)| (what, status, coded(bytes))),
    );
    wrong
}

/// Returns what is wrong only when it is unpacked.
#[cfg(feature = "gzip")]
fn unpacked(world: &World, target: Target<'_>, bytes: &[u8]) -> Vec<(&'static str, u16, Vec<u8>)> {
    let packed = gzip(bytes);
    let torn = packed[..packed.len().saturating_sub(1)].to_vec();
    let mut wrong = vec![
        ("compressed content that ends too soon", 400, torn),
        ("more behind compressed content", 400, [&packed[..], b"x"].concat()),
    ];
    let settings = world.model.settings.as_ref();
    let most = target.operation.body_limit.or(settings.map(|settings| settings.body_limit));
    if let Some(most) = most.filter(|most| *most < super::MOST) {
        let large = gzip(&vec![b' '; most + 1]);
        wrong.push(("content that is too large once unpacked", 413, large));
        let dense = gzip(&vec![b' '; most]);
        // Of little, nothing is that dense.
        if most > 200 * dense.len() {
            wrong.push(("content that is compressed too far", 413, dense));
        }
    }
    wrong
}

/// Returns nothing: an app without the feature takes nothing that is compressed.
#[cfg(not(feature = "gzip"))]
const fn unpacked(_: &World, _: Target<'_>, _: &[u8]) -> Vec<(&'static str, u16, Vec<u8>)> {
    Vec::new()
}

/// Compresses bytes.
#[cfg(feature = "gzip")]
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let level = flate2::Compression::best();
    let mut packed = flate2::read::GzEncoder::new(bytes, level);
    let mut target = Vec::new();
    // Reading of memory does not fail.
    match std::io::Read::read_to_end(&mut packed, &mut target) {
        Ok(_) | Err(_) => target,
    }
}

//! The version in the media types of a document.

use super::path::is_version;
use crate::cli::import::read::operation::{Api, Content};

/// The most bytes of a media type without its version.
const LONGEST: usize = 63;

/// Returns the media type that all JSON of a document has, with `{version}` for the version that it states, and that version. What
/// has it is read as JSON from here on. `None` where there are several, or the only one states no version.
pub(super) fn stated(api: &mut Api<'_>) -> Option<(String, String)> {
    let mut found: Option<String> = None;
    for content in contents(api).filter(|content| is_json(&content.media)) {
        if *found.get_or_insert_with(|| content.media.clone()) != content.media {
            return None;
        }
    }
    let found = found?;
    let told = parted(&found)?;
    for content in contents(api).filter(|content| content.media == found) {
        content.media = "application/json".to_owned();
    }
    Some(told)
}

/// Returns what is sent: the bodies, and the answers of success.
fn contents<'api, 'a>(api: &'api mut Api<'a>) -> impl Iterator<Item = &'api mut Content<'a>> {
    api.operations.iter_mut().flat_map(|operation| {
        let answers = operation.answers.iter_mut().filter(|answer| answer.status.starts_with('2'));
        let body = operation.body.iter_mut().flat_map(|body| &mut body.content);
        body.chain(answers.flat_map(|answer| &mut answer.content))
    })
}

/// Returns `true` for JSON, and not for the changes of one.
fn is_json(media: &str) -> bool {
    media.ends_with("json") && !media.ends_with("patch+json")
}

/// Parts a media type of somebody's own from its version.
fn parted(media: &str) -> Option<(String, String)> {
    let name = media.strip_prefix("application/")?.strip_suffix("+json")?;
    let plain = |byte: u8| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"!#$&-^_.+".contains(&byte)
    };
    let is_own = ["vnd.", "prs.", "x."].iter().any(|tree| name.starts_with(tree));
    if !is_own || !name.bytes().all(plain) || name.len() > LONGEST {
        return None;
    }
    let parts: Vec<&str> = name.split('.').collect();
    let mut places = (0..parts.len()).filter(|place| is_version(parts[*place]));
    let place = places.next().filter(|_| places.next().is_none())?;
    let mut written = parts.clone();
    written[place] = "{version}";
    Some((format!("application/{}+json", written.join(".")), parts[place].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn a_version_is_one_part_of_a_name() {
        let of = |media| parted(media).map(|(written, name)| format!("{written} {name}"));
        assert_eq!(
            of("application/vnd.github.v3+json").as_deref(),
            Some("application/vnd.github.{version}+json v3")
        );
        for media in [
            "application/json",
            "application/v3+json",
            "application/vnd.github+json",
            "application/vnd.v1.v2+json",
            "application/vnd.a.v3",
            "application/vnd.a.v3+xml",
        ] {
            assert_eq!(of(media), None, "{media}");
        }
    }
}

//! Paths: the segments as they are written, and the version that is one of them.

use std::collections::BTreeMap;

use super::{
    media_type,
    plan::{OperationPlan, Piece},
    reason::{self, Reason},
};
use crate::cli::import::read::operation::Api;

/// The letters that a path has besides letters and digits, as they are.
const MARKS: &str = "-._~:,;=@$!'()*+";

/// The place of versions, and their texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli::import) struct Versions {
    /// The segments that stand before the version in every path.
    pub(in crate::cli::import) below: String,
    /// The texts of the versions, oldest first; one that is nothing where the path has none.
    pub(in crate::cli::import) names: Vec<String>,
    /// `true` if each path begins with its version, which the path of the server then does not end with.
    in_paths: bool,
    /// The media type that states them, where the paths do not.
    pub(in crate::cli::import) media_type: Option<String>,
}

impl Versions {
    /// Finds the versions of a document: in the paths, or else in that of the server, or else in its media types.
    pub(super) fn of(api: &mut Api<'_>) -> Self {
        let mut versions = Self::of_paths(api);
        if versions.names.is_empty()
            && let Some((written, name)) = media_type::stated(api)
        {
            versions.media_type = Some(written);
            versions.names.push(name);
        }
        versions
    }

    fn of_paths(api: &Api<'_>) -> Self {
        let firsts = || {
            let paths = api.operations.iter().map(|operation| operation.place);
            paths.map(|path| path.trim_start_matches('/').split('/').next().unwrap_or_default())
        };
        if !api.operations.is_empty() && firsts().all(is_version) {
            let mut names: Vec<String> = firsts().map(str::to_owned).collect();
            names.sort_by_key(|name| number(name));
            names.dedup();
            if is_base(&api.server) {
                return Self { below: api.server.clone(), names, in_paths: true, media_type: None };
            }
        }
        match api.server.rsplit_once('/') {
            Some((below, last)) if is_version(last) && is_base(below) => Self {
                below: below.to_owned(),
                names: vec![last.to_owned()],
                in_paths: false,
                media_type: None,
            },
            _ => {
                let below = if is_base(&api.server) { api.server.clone() } else { String::new() };
                Self { below, names: Vec::new(), in_paths: false, media_type: None }
            }
        }
    }

    /// Returns the number of a path's version, and the path behind it.
    pub(super) fn split<'a>(&self, path: &'a str) -> (usize, &'a str) {
        let Some(behind) =
            path.strip_prefix('/').filter(|_| self.in_paths && self.media_type.is_none())
        else {
            return (0, path);
        };
        let first = behind.split('/').next().unwrap_or_default();
        let rest = behind.strip_prefix(first).filter(|rest| !rest.is_empty()).unwrap_or("/");
        let found = self.names.iter().position(|name| name == first);
        found.map_or((0, path), |number| (number, rest))
    }
}

/// Returns `true` for what a version is called in a path, as `v1` and `v2beta1`.
pub(in crate::cli::import) fn is_version(segment: &str) -> bool {
    let Some(rest) = segment.strip_prefix('v') else { return false };
    let digits = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    digits.len() < rest.len()
        && segment.len() <= 12
        && digits.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// Returns the number of a version's text; a preview comes before what it is one of.
fn number(name: &str) -> (u32, bool, String) {
    let rest = name.trim_start_matches('v');
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (digits.parse().unwrap_or(0), digits.len() == rest.len(), name.to_owned())
}

/// Returns `true` for segments that may stand before the version.
fn is_base(path: &str) -> bool {
    path.is_empty()
        || (path.starts_with('/') && path[1..].split('/').all(|segment| literal(segment).is_ok()))
}

/// Returns a literal of a path, or why it is none.
fn literal(text: &str) -> Result<Piece, &'static Reason> {
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || MARKS.contains(char::from(byte))) {
        if text.is_empty() || text.bytes().all(|byte| byte == b'.') {
            return Err(&reason::PATH_EMPTY_SEGMENT);
        }
        return Ok(Piece::Literal(text.to_owned()));
    }
    Err(&reason::PATH_TEXT)
}

/// The segments of a path, the names of its parameters, and `true` if it ends with a slash.
type Segments = (Vec<Vec<Piece>>, Vec<String>, bool);

/// Returns the segments of a path.
pub(super) fn segments(path: &str) -> Result<Segments, &'static Reason> {
    let Some(rest) = path.strip_prefix('/') else { return Err(&reason::PATH_TEXT) };
    let (rest, slash) = match rest.strip_suffix('/') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let (mut segments, mut names) = (Vec::new(), Vec::new());
    if rest.is_empty() {
        return if slash { Err(&reason::PATH_EMPTY_SEGMENT) } else { Ok((segments, names, false)) };
    }
    for segment in rest.split('/') {
        segments.push(self::segment(segment, &mut names)?);
    }
    Ok((segments, names, slash))
}

fn segment(text: &str, names: &mut Vec<String>) -> Result<Vec<Piece>, &'static Reason> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while !rest.is_empty() {
        let (before, after) = match rest.split_once('{') {
            Some((before, after)) => (before, Some(after)),
            None => (rest, None),
        };
        if !before.is_empty() {
            // Dots may stand beside a parameter.
            match literal(before) {
                Err(why) if *why == reason::PATH_EMPTY_SEGMENT && text != before => {
                    pieces.push(Piece::Literal(before.to_owned()));
                }
                piece => pieces.push(piece?),
            }
        }
        let Some(after) = after else { break };
        let Some((name, left)) = after.split_once('}') else {
            return Err(&reason::PATH_PARAMETERS);
        };
        if matches!(pieces.last(), Some(Piece::Parameter(_)))
            || name.is_empty()
            || name.contains('{')
        {
            return Err(&reason::PATH_PARAMETERS);
        }
        // `{+path}` and `{path*}` take several segments.
        if name.starts_with(['+', '/', '?', '&', '#', '.', ';']) || name.ends_with('*') {
            return Err(&reason::PATH_PARAMETERS);
        }
        pieces.push(Piece::Parameter(names.len()));
        names.push(name.to_owned());
        rest = left;
    }
    if pieces.is_empty() { Err(&reason::PATH_EMPTY_SEGMENT) } else { Ok(pieces) }
}

/// Notes of each operation if another one before it has its place.
pub(super) fn compare(operations: &mut [OperationPlan]) {
    let mut seen: BTreeMap<(String, String), ()> = BTreeMap::new();
    let mut cases: BTreeMap<String, String> = BTreeMap::new();
    for operation in operations {
        let place = shown(operation);
        if seen.insert((operation.verb.clone(), place.clone()), ()).is_some() {
            operation.reasons.insert(&reason::PATH_TWICE);
        }
        let known = cases.entry(place.to_ascii_lowercase()).or_insert_with(|| place.clone());
        if *known != place {
            operation.reasons.insert(&reason::PATH_CASE);
        }
    }
}

/// Returns the path without the names of its parameters.
fn shown(operation: &OperationPlan) -> String {
    let mut text = operation.version.to_string();
    for segment in &operation.segments {
        text.push('/');
        for piece in segment {
            match piece {
                Piece::Literal(literal) => text.push_str(literal),
                Piece::Parameter(_) => text.push_str("{}"),
            }
        }
    }
    if operation.segments.is_empty() {
        text.push_str(&operation.path);
    }
    // A path with a slash at its end and one without are one.
    text
}
